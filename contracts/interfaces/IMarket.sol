// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

/// @dev What a requester asks for and pays. The id is
/// `sha256(abi.encode("prooftab/task/1", chainId, market, terms))`; the contract stores no more of it than that.
struct Terms {
    address requester;
    bytes32 circuit;
    /// Root of the OpenZeppelin standard Merkle tree (double hash) over `(uint32 unit, uint256 input)`.
    bytes32 inputs;
    uint32 units;
    /// Base units of the token, per unit, to the claimant.
    uint128 price;
    /// Never the market itself.
    address owner;
    /// Base units of the token, per unit, to the data's owner.
    uint128 ownerPrice;
    /// Who may claim; zero admits everyone.
    address gate;
    address judge;
    /// Seconds since 1970; nothing is claimed or delivered after it.
    uint40 closes;
    /// Seconds that a claim lasts, 1 to 600.
    uint32 lease;
    /// 0, a free price; tariffs do not exist yet.
    uint32 tariff;
    bytes32 details;
}

enum TaskStatus {
    Unknown,
    Posted,
    Closed
}

/// @dev Open and Claimed are told apart by `until` alone.
enum UnitStatus {
    Claimable,
    Pending,
    Settled
}

/// @title Escrow, units and payment.
/// @notice A unit is Open, Claimed, Pending or Settled. A claim or a judgement that has lapsed is Open again without a
/// transaction. No lease outlives `closes`, so a refund races nobody.
interface IMarket {
    event Posted(bytes32 indexed task, Terms terms);
    event Claimed(bytes32 indexed task, uint32 unit, address indexed claimant, uint40 until, bytes32 boxKey);
    event Settled(bytes32 indexed task, uint32 unit, address indexed beneficiary, uint256 paid, uint256[] values);
    /// @notice The judge may rule until `until`; 0 says that it refused, or let the time pass, and the unit is Open.
    event Pending(bytes32 indexed task, uint32 unit, uint40 until);
    event Refunded(bytes32 indexed task, uint256 amount);
    event ModuleAllowed(address indexed module, bool allowed);

    /// @notice The terms contradict themselves or this market's bounds, are not the sender's own, or were posted before.
    error BadTerms();
    /// @notice The claimant neither sent this claim nor signed it, or the signature has expired.
    error BadAuth();
    error UnknownCircuit();
    error WrongValueCount();
    error AlreadySettled();
    /// @notice No such task, or it is closed, or it has no such unit.
    error UnknownTask();
    /// @notice A claim: someone holds the unit until then, or a lease would outlive `closes`. A delivery: the judge has it.
    /// A refund: the task has not closed, or a unit is Pending.
    error NotOpen(uint40 until);
    /// @notice Nobody holds a live claim on this unit.
    error LeaseExpired();
    /// @notice `values[0]` is not this unit's input.
    error WrongInput();
    /// @notice A judge or gate that is not on the list, a judge that asks for no time or too much, or a verdict from
    /// someone other than the judge.
    error ModuleNotAllowed(address module);
    /// @notice A verdict on a unit that waits for none.
    error NotPending();
    /// @notice The caller must send more gas; nothing was decided.
    error NotEnoughGas();

    /// @notice Puts `units * (price + ownerPrice)` in escrow. A gated task has at most 200 units.
    function post(Terms calldata terms) external returns (bytes32 task);

    /// @param boxKey SHA-256 of the HPKE public key that data keys are wrapped to
    /// @param auth empty when the claimant is the sender; else `abi.encode(uint40 expires, bytes signature, bytes
    /// gateEvidence)`, the signature being 65 bytes over EIP-712 `Claim(bytes32 task,uint32 unit,bytes32 boxKey,address
    /// claimant,uint40 expires)` in the domain "Prooftab", version "1", so that anyone may pay for a claim; the evidence is not
    /// signed
    function claim(Terms calldata terms, uint32 unit, bytes32 boxKey, address claimant, bytes calldata auth) external;

    /// @notice Delivers a claimed unit; whoever sends it, the claimant is paid.
    /// @param path proof that `(unit, values[0])` is under `inputs`; empty for a task of one unit
    /// @param evidence for the judge
    function settle(
        Terms calldata terms,
        uint32 unit,
        uint256[] calldata values,
        bytes32[] calldata path,
        bytes calldata evidence
    ) external;

    /// @notice The judge's verdict on a Pending unit. Once its time has passed anyone may resolve it, as refused.
    function resolve(bytes32 task, uint32 unit, bool accepted) external;

    /// @notice Returns what was not earned to the requester, after `closes`.
    function refund(Terms calldata terms) external;

    /// @notice Lets tasks name a module as judge or gate. What is already posted keeps the modules it named.
    function allow(address module, bool allowed) external;

    /// @notice The registry that this market was made with is its first judge, always allowed.
    function isAllowed(address module) external view returns (bool);

    function taskOf(Terms calldata terms) external view returns (bytes32 task);

    function tasks(bytes32 task) external view returns (TaskStatus status, uint32 settled, uint32 pending);

    /// @return claimant who held the unit last
    /// @return until the last second of the claim or of the judge's time; 0 where nobody has claimed
    /// @return status as last written: what has lapsed still reads Claimable or Pending
    function units(bytes32 task, uint32 unit) external view returns (address claimant, uint40 until, UnitStatus status);
}
