// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {IRegistry} from "../interfaces/IRegistry.sol";
import {CircuitParts} from "../interfaces/IRegistry.sol";
import {IMarket, Terms} from "../interfaces/IMarket.sol";
import {World} from "./World.sol";

/// @title The vectors that TypeScript and the circuits read too: all of them agree on every id, signal and signature.
contract VectorsTest is World {
    string private ids = vm.readFile("fixtures/vectors/ids.json");
    string private signals = vm.readFile("fixtures/vectors/signals.json");
    string private inputs = vm.readFile("fixtures/vectors/inputs.json");
    string private claimed = vm.readFile("fixtures/vectors/claim.json");

    function _word(string memory json, string memory key) private pure returns (uint256) {
        return uint256(vm.parseJsonBytes32(json, key));
    }

    function _terms() private view returns (Terms memory terms) {
        terms.requester = vm.parseJsonAddress(ids, ".terms.requester");
        terms.circuit = vm.parseJsonBytes32(ids, ".terms.circuit");
        terms.inputs = vm.parseJsonBytes32(ids, ".terms.inputs");
        terms.units = uint32(vm.parseJsonUint(ids, ".terms.units"));
        terms.price = uint128(_word(ids, ".terms.price"));
        terms.owner = vm.parseJsonAddress(ids, ".terms.owner");
        terms.ownerPrice = uint128(_word(ids, ".terms.ownerPrice"));
        terms.gate = vm.parseJsonAddress(ids, ".terms.gate");
        terms.judge = vm.parseJsonAddress(ids, ".terms.judge");
        terms.closes = uint40(vm.parseJsonUint(ids, ".terms.closes"));
        terms.lease = uint32(vm.parseJsonUint(ids, ".terms.lease"));
        terms.tariff = uint32(vm.parseJsonUint(ids, ".terms.tariff"));
        terms.details = vm.parseJsonBytes32(ids, ".terms.details");
    }

    /// @dev The vectors' market is at an address of its own; so is ours, for this test.
    function _marketAt(address place) private returns (IMarket there) {
        vm.etch(place, address(market).code);
        return IMarket(place);
    }

    function test_development_points() external view {
        string memory json = vm.readFile("fixtures/vectors/development-key.json");
        bytes memory points = vm.parseJsonBytes(json, ".points");
        assertEq(sha256(points), vm.parseJsonBytes32(json, ".sha256"), "hash");
        assertEq(sha256(points), developmentPoints, "the key that these tests forge with");
    }

    function test_circuit_id() external view {
        CircuitParts memory parts;
        parts.system = uint16(vm.parseJsonUint(ids, ".parts.system"));
        parts.kind = uint16(vm.parseJsonUint(ids, ".parts.kind"));
        parts.model = vm.parseJsonBytes32(ids, ".parts.model");
        parts.relation = vm.parseJsonBytes32(ids, ".parts.relation");
        parts.key = vm.parseJsonBytes32(ids, ".parts.key");
        parts.values = uint16(vm.parseJsonUint(ids, ".parts.values"));
        uint256[] memory meter = vm.parseJsonUintArray(ids, ".parts.meter");
        for (uint256 i = 0; i < 6; i++) {
            parts.meter[i] = uint40(meter[i]);
        }
        parts.flags = uint16(vm.parseJsonUint(ids, ".parts.flags"));
        // That the registry computes this is shown in Registry.t.sol, with a key of which the hash is known.
        assertEq(sha256(abi.encode("prooftab/circuit/1", parts)), vm.parseJsonBytes32(ids, ".circuit"), "circuit");
    }

    function test_task_id() external {
        IMarket there = _marketAt(vm.parseJsonAddress(ids, ".market"));
        assertEq(there.taskOf(_terms()), vm.parseJsonBytes32(ids, ".task"), "task");
    }

    /// @dev Proofs forged for the vectors' own signals hold only if the contract computes the same ones.
    function test_signals() external {
        bytes32 known = vm.load(address(registry), keccak256(abi.encode(circuit, 0)));
        uint256 count = 0;
        for (; vm.keyExistsJson(signals, string.concat("$[", vm.toString(count), "]")); count++) {
            string memory vector = string.concat("$[", vm.toString(count), "]");
            bytes32 id = vm.parseJsonBytes32(signals, string.concat(vector, ".circuit"));
            bytes32[] memory words = vm.parseJsonBytes32Array(signals, string.concat(vector, ".values"));
            uint256[] memory values = new uint256[](words.length);
            for (uint256 i = 0; i < words.length; i++) {
                values[i] = uint256(words[i]);
            }
            // The vectors' circuit has another key than ours: stand ours in its place, with as many values as the vector.
            uint256 entry = uint256(uint160(uint256(known))) | (values.length << 160);
            vm.store(address(registry), keccak256(abi.encode(id, 0)), bytes32(entry));
            uint256 domain = _word(signals, string.concat(vector, ".domain"));
            uint256 digest = _word(signals, string.concat(vector, ".digest"));
            uint256 fold = _word(signals, string.concat(vector, ".fold"));
            assertEq(foldOf(values, 10), _word(signals, string.concat(vector, ".foldAtTen")), "fold at ten");
            _check(vector, id, values, forgeSignals(development, domain, digest, fold, 7), true);
            _check(vector, id, values, forgeSignals(development, domain ^ 1, digest, fold, 7), false);
            _check(vector, id, values, forgeSignals(development, domain, digest, addmod(fold, 1, R), 7), false);
        }
        assertTrue(count >= 3, "vectors");
    }

    function _check(string memory vector, bytes32 id, uint256[] memory values, bytes memory evidence, bool holds) private {
        vm.chainId(vm.parseJsonUint(signals, string.concat(vector, ".chain")));
        bytes32 subject = vm.parseJsonBytes32(signals, string.concat(vector, ".subject"));
        uint32 unit = uint32(vm.parseJsonUint(signals, string.concat(vector, ".unit")));
        address beneficiary = vm.parseJsonAddress(signals, string.concat(vector, ".beneficiary"));
        vm.prank(vm.parseJsonAddress(signals, string.concat(vector, ".contract")));
        if (!holds) vm.expectRevert(IRegistry.ProofRejected.selector);
        registry.check(id, subject, unit, beneficiary, values, evidence);
    }

    function test_inputs() external view {
        uint256 trees = 0;
        for (; vm.keyExistsJson(inputs, string.concat("$[", vm.toString(trees), "]")); trees++) {
            string memory vector = string.concat("$[", vm.toString(trees), "]");
            bytes32[] memory found = vm.parseJsonBytes32Array(inputs, string.concat(vector, ".inputs"));
            bytes32 root = vm.parseJsonBytes32(inputs, string.concat(vector, ".root"));
            for (uint32 unit = 0; unit < found.length; unit++) {
                bytes32[] memory path =
                    vm.parseJsonBytes32Array(inputs, string.concat(vector, ".paths[", vm.toString(unit), "]"));
                bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(unit, uint256(found[unit])))));
                assertTrue(MerkleProof.verify(path, root, leaf), "path");
            }
        }
        assertTrue(trees >= 3, "vectors");
    }

    /// @dev The claim that TypeScript signed and encoded is taken by the market it is for.
    function test_claim() external {
        IMarket there = _marketAt(vm.parseJsonAddress(claimed, ".claim.market"));
        Terms memory terms = _terms();
        // An etched contract has its code and no storage: its owner is nobody, and nothing is allowed yet.
        vm.prank(address(0));
        there.allow(terms.judge, true);
        vm.mockCall(address(registry), abi.encodeCall(IRegistry.isRegistered, (terms.circuit)), abi.encode(true));
        token.transfer(terms.requester, 1e24);
        vm.prank(terms.requester);
        token.approve(address(there), type(uint256).max);
        vm.prank(terms.requester);
        bytes32 task = there.post(terms);
        assertEq(task, vm.parseJsonBytes32(claimed, ".claim.task"), "task");

        uint32 unit = uint32(vm.parseJsonUint(claimed, ".claim.unit"));
        address claimant = vm.parseJsonAddress(claimed, ".claim.claimant");
        bytes32 boxKey = vm.parseJsonBytes32(claimed, ".claim.boxKey");
        bytes memory auth = vm.parseJsonBytes(claimed, ".auth");
        vm.warp(vm.parseJsonUint(claimed, ".claim.expires"));
        vm.prank(sponsor);
        there.claim(terms, unit, boxKey, claimant, auth);
        (address holder,,) = there.units(task, unit);
        assertEq(holder, claimant, "holder");
    }
}
