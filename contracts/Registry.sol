// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IJudge} from "./interfaces/IJudge.sol";
import {CircuitParts, IRegistry} from "./interfaces/IRegistry.sol";

/// @title The first judge: it checks Groth16 proofs on BN254 against keys that it stores as code.
contract Registry is IRegistry {
    struct Circuit {
        /// A contract whose code is a zero byte (so that it cannot run) and then the key.
        address key;
        uint16 values;
    }

    uint16 private constant GROTH16_BN254 = 1;
    uint16 private constant INSECURE = 1;
    uint256 private constant DEVELOPMENT_CHAIN = 31337;
    uint256 private constant KEY_BYTES = 704;
    uint256 private constant EVIDENCE_BYTES = 288;
    /// Orders of the scalar field and of the base field of BN254 (EIP-197).
    uint256 private constant R = 21888242871839275222246405745257275088548364400416034343698204186575808495617;
    uint256 private constant Q = 21888242871839275222246405745257275088696311157297823662689037894645226208583;
    /// keccak256 of the x coordinate of G2's generator, imaginary part first.
    bytes32 private constant G2_GENERATOR_X = 0xdfcdfcb09f271801cb13064b7ccc1d3f90c9cb653a6a9329ee1fc60175d1fced;
    /// Four pairs cost 45,000 + 4 * 34,000 gas (EIP-1108), and a failing precompile eats all it is given: it is given this.
    uint256 private constant FOUR_PAIRS_GAS = 181_000;
    uint256 private constant FIVE_PAIRS_GAS = 215_000;
    uint256 private constant MUL_GAS = 6_000;
    uint256 private constant ADD_GAS = 150;
    /// With this much left, 63/64 of what remains after three multiplications still pays for the pairing, so a failing
    /// precompile means a bad proof and never too little gas.
    uint256 private constant CHECK_GAS = 208_000;
    uint256 private constant KEY_CHECK_GAS = 224_000;

    mapping(bytes32 circuit => Circuit) private _circuits;
    /// SHA-256 of the 448 bytes alpha, beta, gamma, delta that all development keys share.
    bytes32 private immutable _developmentPoints;

    constructor(bytes32 developmentPoints) {
        _developmentPoints = developmentPoints;
    }

    function register(CircuitParts calldata parts, bytes calldata key) external returns (bytes32 circuit) {
        if (parts.system != GROTH16_BN254) revert BadKey();
        if (parts.values == 0) revert BadKey();
        if (key.length != KEY_BYTES) revert BadKey();
        if (sha256(key) != parts.key) revert BadKey();
        bool flagged = parts.flags & INSECURE != 0;
        // A flag says that anyone can forge, with whatever key; the development points say so without one.
        if (flagged && block.chainid != DEVELOPMENT_CHAIN) revert DevelopmentKey();
        if (!flagged && sha256(key[:448]) == _developmentPoints) revert DevelopmentKey();
        _requireSoundPoints(key);

        circuit = sha256(abi.encode("prooftab/circuit/1", parts));
        if (_circuits[circuit].key != address(0)) return circuit;
        _circuits[circuit] = Circuit(_store(key), parts.values);
        emit Registered(circuit, parts);
    }

    function publish(bytes32 kind, bytes calldata head) external returns (bytes32 id) {
        id = sha256(head);
        emit Published(id, kind, msg.sender, head);
    }

    /// @inheritdoc IJudge
    function judge(
        bytes32 task,
        uint32 unit,
        address beneficiary,
        bytes32 circuit,
        uint256[] calldata values,
        bytes calldata evidence
    ) external view returns (uint40) {
        _check(circuit, task, unit, beneficiary, values, evidence);
        return 0;
    }

    function check(
        bytes32 circuit,
        bytes32 subject,
        uint32 unit,
        address beneficiary,
        uint256[] calldata values,
        bytes calldata evidence
    ) external view {
        _check(circuit, subject, unit, beneficiary, values, evidence);
    }

    /// @inheritdoc IJudge
    function assurance() external pure returns (uint8) {
        return 1;
    }

    function isRegistered(bytes32 circuit) external view returns (bool) {
        return _circuits[circuit].key != address(0);
    }

    function keyOf(bytes32 circuit) external view returns (bytes memory key) {
        address stored = _circuits[circuit].key;
        if (stored == address(0)) revert UnknownCircuit();
        key = new bytes(KEY_BYTES);
        assembly ("memory-safe") {
            extcodecopy(stored, add(key, 32), 1, KEY_BYTES)
        }
    }

    function _check(
        bytes32 circuit,
        bytes32 subject,
        uint32 unit,
        address beneficiary,
        uint256[] calldata values,
        bytes calldata evidence
    ) private view {
        Circuit memory known = _circuits[circuit];
        if (known.key == address(0)) revert UnknownCircuit();
        if (values.length != known.values) revert WrongValueCount();
        if (evidence.length != EVIDENCE_BYTES) revert ProofRejected();
        uint256 digest = uint256(bytes32(evidence));
        if (digest >= R) revert InputTooLarge();

        uint256 domain = uint256(
            sha256(
                abi.encode(
                    "prooftab/1", block.chainid, msg.sender, subject, unit, beneficiary, circuit, digest, values
                )
            )
        ) >> 8;
        uint256 fold = _fold(values, domain);
        if (!_holds(known.key, domain, digest, fold, evidence[32:])) revert ProofRejected();
    }

    /// @dev Sum of values[i] * domain^(i + 1), by Horner from the last value to the first.
    function _fold(uint256[] calldata values, uint256 domain) private pure returns (uint256 fold) {
        for (uint256 i = values.length; i != 0;) {
            unchecked {
                --i;
            }
            uint256 value = values[i];
            if (value >= R) revert InputTooLarge();
            fold = mulmod(addmod(fold, value, R), domain, R);
        }
    }

    /// @dev e(-A, B) e(alpha, beta) e(IC0 + domain IC1 + digest IC2 + fold IC3, gamma) e(C, delta) = 1.
    function _holds(address key, uint256 domain, uint256 digest, uint256 fold, bytes calldata proof)
        private
        view
        returns (bool held)
    {
        // The precompile refuses every other coordinate above Q, but A's is negated first, and Q - Q would pass as 0.
        if (uint256(bytes32(proof[32:64])) >= Q) revert ProofRejected();
        if (gasleft() < CHECK_GAS) revert NotEnoughGas();
        assembly ("memory-safe") {
            // Key at `vk`: alpha 0, beta 64, gamma 192, delta 320, IC0 448, IC1 512, IC2 576, IC3 640.
            let vk := mload(0x40)
            extcodecopy(key, vk, 1, KEY_BYTES)
            let pairs := add(vk, KEY_BYTES)
            let term := add(pairs, 768)

            // sum := sum + scalar * point; both operations are on points that `register` found on the curve.
            function addTerm(term_, sum, point, scalar) {
                mcopy(term_, point, 64)
                mstore(add(term_, 64), scalar)
                pop(staticcall(MUL_GAS, 7, term_, 96, term_, 64))
                mcopy(add(term_, 64), sum, 64)
                pop(staticcall(ADD_GAS, 6, term_, 128, sum, 64))
            }
            let sum := add(vk, 448)
            addTerm(term, sum, add(vk, 512), domain)
            addTerm(term, sum, add(vk, 576), digest)
            addTerm(term, sum, add(vk, 640), fold)

            calldatacopy(pairs, proof.offset, 192)
            let y := mload(add(pairs, 32))
            if y { mstore(add(pairs, 32), sub(Q, y)) }
            mcopy(add(pairs, 192), vk, 192)
            mcopy(add(pairs, 384), sum, 64)
            mcopy(add(pairs, 448), add(vk, 192), 128)
            calldatacopy(add(pairs, 576), add(proof.offset, 192), 64)
            mcopy(add(pairs, 640), add(vk, 320), 128)
            let ran := staticcall(FOUR_PAIRS_GAS, 8, pairs, 768, 0, 32)
            held := and(ran, mload(0))
        }
    }

    function _requireSoundPoints(bytes calldata key) private view {
        if (_isInfinity(key[:64])) revert BadKey();
        if (_isInfinity(key[64:192])) revert BadKey();
        if (_isInfinity(key[192:320])) revert BadKey();
        if (_isInfinity(key[320:448])) revert BadKey();
        for (uint256 i = 448; i < KEY_BYTES; i += 64) {
            if (_isInfinity(key[i:i + 64])) revert BadKey();
        }
        // A key straight from an unfinished set-up has gamma = delta, and anyone can forge for any public input: C is minus
        // the sum of the inputs, or the sum itself with gamma = -delta. A point and its negative share their x coordinate.
        bytes32 deltaX = keccak256(key[320:384]);
        if (keccak256(key[192:256]) == deltaX) revert BadKey();
        if (deltaX == G2_GENERATOR_X) revert BadKey();
        if (gasleft() < KEY_CHECK_GAS) revert NotEnoughGas();
        // The precompile refuses a point off its curve or subgroup; what the pairs multiply to does not matter.
        bytes memory pairs = bytes.concat(
            key[:192], key[448:512], key[192:320], key[512:576], key[320:448], key[576:640], key[64:192], key[640:704], key[64:192]
        );
        (bool onCurve,) = address(8).staticcall{gas: FIVE_PAIRS_GAS}(pairs);
        if (!onCurve) revert BadKey();
    }

    function _isInfinity(bytes calldata point) private pure returns (bool) {
        for (uint256 i = 0; i < point.length; i += 32) {
            if (bytes32(point[i:]) != 0) return false;
        }
        return true;
    }

    /// @dev Deploys `00 ‖ key`. The 10 bytes before it are: PUSH2 length, DUP1, PUSH1 10, RETURNDATASIZE, CODECOPY,
    /// RETURNDATASIZE, RETURN.
    function _store(bytes calldata key) private returns (address stored) {
        bytes memory creation = bytes.concat(hex"61", bytes2(uint16(KEY_BYTES + 1)), hex"80600a3d393df3", hex"00", key);
        assembly ("memory-safe") {
            stored := create(0, add(creation, 32), mload(creation))
        }
        if (stored == address(0)) revert NotEnoughGas();
    }
}
