// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IJudge} from "./IJudge.sol";

/// @dev A circuit's parts; `sha256(abi.encode("prooftab/circuit/1", parts))` is its id.
struct CircuitParts {
    /// 1 = Groth16 on BN254, the only system this registry can check.
    uint16 system;
    /// 1 infer, 2 stat, 3 present, 4 update, 5 vote, 6 tally.
    uint16 kind;
    bytes32 model;
    /// SHA-256 of the R1CS file.
    bytes32 relation;
    /// SHA-256 of the 704-byte verification key: alpha, beta, gamma, delta, IC0 to IC3 in EIP-197 order.
    bytes32 key;
    /// How many public values, at least one.
    uint16 values;
    /// Constraints or cells, MACs, lookups, bytes in, bytes out, byte-epochs; per unit.
    uint40[6] meter;
    /// Bit 0: INSECURE, anyone can forge proofs for this key; only chain 31337 takes it.
    uint16 flags;
}

/// @title Circuits and their keys by hash, the check of a proof, and publications.
/// @dev As a judge it accepts exactly what `check` accepts: evidence is the digest followed by the proof, 288 bytes.
interface IRegistry is IJudge {
    event Registered(bytes32 indexed circuit, CircuitParts parts);
    event Published(bytes32 indexed id, bytes32 indexed kind, address indexed publisher, bytes head);

    /// @notice The system is unknown, the circuit has no values, or the key has the wrong length or hash, a point off its
    /// curve or at infinity, gamma = delta or -delta, or delta = the generator of G2 or its negative.
    error BadKey();
    /// @notice A circuit flagged INSECURE off chain 31337, or a development key without that flag anywhere.
    error DevelopmentKey();
    error UnknownCircuit();
    error WrongValueCount();
    /// @notice A value or the digest is not below the scalar field's order.
    error InputTooLarge();
    /// @notice The proof does not hold for this statement. Never raised for want of gas.
    error ProofRejected();
    /// @notice The caller must send more gas; nothing was decided.
    error NotEnoughGas();

    /// @notice Stores a circuit's key. Registering the same circuit again changes nothing.
    function register(CircuitParts calldata parts, bytes calldata key) external returns (bytes32 circuit);

    /// @notice Returns if the proof holds for the statement, and reverts otherwise: it never returns false.
    /// @dev The statement's contract is `msg.sender`, so a proof checked for one contract serves no other.
    function check(
        bytes32 circuit,
        bytes32 subject,
        uint32 unit,
        address beneficiary,
        uint256[] calldata values,
        bytes calldata evidence
    ) external view;

    /// @notice Puts a head's bytes into the chain's log, under its SHA-256.
    /// @param kind SHA-256 of the head's type text
    function publish(bytes32 kind, bytes calldata head) external returns (bytes32 id);

    function isRegistered(bytes32 circuit) external view returns (bool);

    /// @return key 704 bytes
    function keyOf(bytes32 circuit) external view returns (bytes memory key);
}
