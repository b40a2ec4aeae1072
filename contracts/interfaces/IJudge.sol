// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

/// @title What counts as done: a task names its judge, and its address is the whole choice of assurance.
interface IJudge {
    /// @notice Accepts a delivery, asks for time, or reverts with the reason for refusing it.
    /// @dev The contract that a proof is bound to is `msg.sender`.
    /// @param task the task's id
    /// @param unit which unit of the task
    /// @param beneficiary who is paid if this is accepted
    /// @param circuit id of the circuit that the task asks for
    /// @param values public values; the caller has checked that the first is the unit's input
    /// @param evidence what this judge needs; its form is the judge's own
    /// @return pendingUntil 0 when accepted, else the last second (since 1970) at which the judge may still rule
    function judge(
        bytes32 task,
        uint32 unit,
        address beneficiary,
        bytes32 circuit,
        uint256[] calldata values,
        bytes calldata evidence
    ) external returns (uint40 pendingUntil);

    /// @notice 1 proof checked by a contract, 2 validators, 3 replicas agree, 4 sampled.
    function assurance() external view returns (uint8);
}
