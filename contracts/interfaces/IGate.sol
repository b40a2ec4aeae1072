// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

/// @title Who may claim.
interface IGate {
    /// @notice Reverts to refuse the claimant.
    /// @param auth evidence for the gate, from the claim's `auth`; empty when the claimant sent the claim itself. The claimant's
    /// signature does not cover it and whoever carries the claim can exchange it, so evidence must itself be bound to the
    /// claimant, and to task and unit where that matters
    function onClaim(bytes32 task, uint32 unit, address claimant, bytes calldata auth) external;

    /// @notice Tells that a claim which passed `onClaim` is over: settled, or lapsed and found so by the next claim,
    /// by a verdict or by the refund.
    /// @dev Called with a fixed amount of gas; a failure here changes nothing.
    function onEnd(bytes32 task, uint32 unit, bool settled) external;
}
