// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Test} from "./Test.sol";

/// @dev What a proof is about.
struct Claimed {
    address verifier;
    bytes32 subject;
    uint32 unit;
    address beneficiary;
    bytes32 circuit;
    uint256 digest;
    uint256[] values;
}

/// @title Forges proofs that hold for any statement, with keys whose secrets fixtures/keys.json gives away.
/// @dev The contracts cannot tell a forged proof from a proven one, which is the point of a development key being refused
/// everywhere else; circuits have their own tests.
abstract contract Forger is Test {
    struct Secrets {
        bytes key;
        uint256 alphaBeta;
        uint256 gamma;
        uint256 inverseDelta;
        uint256[4] ic;
    }

    uint256 internal constant R = 21888242871839275222246405745257275088548364400416034343698204186575808495617;
    uint256 internal constant Q = 21888242871839275222246405745257275088696311157297823662689037894645226208583;

    string internal keysJson = vm.readFile("contracts/test/fixtures/keys.json");
    bytes32 internal developmentPoints = vm.parseJsonBytes32(keysJson, ".developmentPoints");
    uint256 private _b = uint256(vm.parseJsonBytes32(keysJson, ".b"));
    bytes private _pointB = vm.parseJsonBytes(keysJson, ".pointB");
    Secrets internal development = _secrets(".development");
    Secrets internal ordinary = _secrets(".ordinary");

    function _secrets(string memory name) private view returns (Secrets memory secrets) {
        secrets.key = vm.parseJsonBytes(keysJson, string.concat(name, ".key"));
        secrets.alphaBeta = uint256(vm.parseJsonBytes32(keysJson, string.concat(name, ".alphaBeta")));
        secrets.gamma = uint256(vm.parseJsonBytes32(keysJson, string.concat(name, ".gamma")));
        secrets.inverseDelta = uint256(vm.parseJsonBytes32(keysJson, string.concat(name, ".inverseDelta")));
        bytes32[] memory ic = vm.parseJsonBytes32Array(keysJson, string.concat(name, ".ic"));
        for (uint256 i = 0; i < 4; i++) {
            secrets.ic[i] = uint256(ic[i]);
        }
    }

    /// @dev The protocol's rule, written a second time and plainly.
    function domainOf(Claimed memory about) internal view returns (uint256) {
        return uint256(
            sha256(
                abi.encode(
                    "prooftab/1",
                    block.chainid,
                    about.verifier,
                    about.subject,
                    about.unit,
                    about.beneficiary,
                    about.circuit,
                    about.digest,
                    about.values
                )
            )
        ) / 256;
    }

    function foldOf(uint256[] memory values, uint256 domain) internal pure returns (uint256 fold) {
        uint256 power = 1;
        for (uint256 i = 0; i < values.length; i++) {
            power = mulmod(power, domain, R);
            fold = addmod(fold, mulmod(values[i], power, R), R);
        }
    }

    /// @return evidence digest and proof, 288 bytes
    function forge(Secrets memory secrets, Claimed memory about) internal view returns (bytes memory evidence) {
        return forge(secrets, about, 7);
    }

    /// @param a the forger's choice of A = a G1; 0 puts A at infinity
    function forge(Secrets memory secrets, Claimed memory about, uint256 a)
        internal
        view
        returns (bytes memory evidence)
    {
        uint256 domain = domainOf(about);
        return forgeSignals(secrets, domain, about.digest, foldOf(about.values, domain), a);
    }

    function forgeSignals(Secrets memory secrets, uint256 domain, uint256 digest, uint256 fold, uint256 a)
        internal
        view
        returns (bytes memory evidence)
    {
        uint256 inputs = secrets.ic[0];
        inputs = addmod(inputs, mulmod(domain, secrets.ic[1], R), R);
        inputs = addmod(inputs, mulmod(digest, secrets.ic[2], R), R);
        inputs = addmod(inputs, mulmod(fold, secrets.ic[3], R), R);
        uint256 spent = addmod(secrets.alphaBeta, mulmod(inputs, secrets.gamma, R), R);
        uint256 c = mulmod(addmod(mulmod(a, _b, R), R - spent, R), secrets.inverseDelta, R);
        return bytes.concat(bytes32(digest), times(a), _pointB, times(c));
    }

    /// @dev The same statement's other proof: (-A, -B, C).
    function malleate(bytes memory evidence) internal view returns (bytes memory twin) {
        twin = bytes.concat(evidence);
        uint256 y;
        assembly {
            y := mload(add(evidence, 96))
        }
        y = Q - y;
        bytes memory minusB = vm.parseJsonBytes(keysJson, ".minusPointB");
        assembly {
            mstore(add(twin, 96), y)
            mcopy(add(twin, 128), add(minusB, 32), 128)
        }
    }

    function times(uint256 scalar) internal view returns (bytes memory point) {
        (, point) = address(7).staticcall(abi.encode(1, 2, scalar));
    }
}
