// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {CircuitParts, IRegistry} from "../interfaces/IRegistry.sol";
import {Claimed} from "./Forger.sol";
import {World} from "./World.sol";

contract RegistryTest is World {
    event Registered(bytes32 indexed circuit, CircuitParts parts);
    event Published(bytes32 indexed id, bytes32 indexed kind, address indexed publisher, bytes head);

    // Registration

    function test_a_circuit_is_known_by_the_hash_of_its_parts_and_its_key_can_be_read() external {
        CircuitParts memory parts = partsOf(ordinary.key, 5, 0);
        bytes32 id = sha256(abi.encode("prooftab/circuit/1", parts));
        vm.expectEmit(address(registry));
        emit Registered(id, parts);
        assertEq(registry.register(parts, ordinary.key), id, "id");
        assertTrue(registry.isRegistered(id), "registered");
        assertEq(keccak256(registry.keyOf(id)), keccak256(ordinary.key), "key");
        assertEq(registry.assurance(), 1, "assurance");
    }

    function test_registering_again_changes_nothing() external {
        vm.recordLogs();
        assertEq(registry.register(partsOf(development.key, 2, 1), development.key), circuit, "same id");
        assertEq(vm.getRecordedLogs().length, 0, "no second event");
    }

    function test_an_unknown_circuit_has_no_key() external {
        assertTrue(!registry.isRegistered(keccak256("nothing")), "unknown");
        vm.expectRevert(IRegistry.UnknownCircuit.selector);
        registry.keyOf(keccak256("nothing"));
    }

    function test_the_stored_key_cannot_be_run() external {
        bytes32 id = registry.register(partsOf(ordinary.key, 2, 0), ordinary.key);
        assertTrue(registry.isRegistered(id), "registered");
        // The first byte of the stored code is STOP: a call to it does nothing, whatever bytes the key has.
        assertEq(_keyContract().code.length, 705, "a zero byte and the key");
        (bool ok, bytes memory answer) = _keyContract().call("");
        assertTrue(ok, "stops");
        assertEq(answer.length, 0, "silent");
    }

    function _keyContract() private view returns (address) {
        // The registry's second creation: CREATE's address is the hash of RLP(creator, nonce 2).
        return address(uint160(uint256(keccak256(abi.encodePacked(hex"d694", address(registry), hex"02")))));
    }

    function _refuses(CircuitParts memory parts, bytes memory key, bytes4 why) private {
        vm.expectRevert(why);
        registry.register(parts, key);
    }

    function test_refuses_another_proof_system() external {
        CircuitParts memory parts = partsOf(ordinary.key, 2, 0);
        parts.system = 2;
        _refuses(parts, ordinary.key, IRegistry.BadKey.selector);
    }

    function test_refuses_a_circuit_without_values() external {
        _refuses(partsOf(ordinary.key, 0, 0), ordinary.key, IRegistry.BadKey.selector);
    }

    function test_refuses_a_key_that_is_not_the_one_hashed() external {
        _refuses(partsOf(development.key, 2, 1), ordinary.key, IRegistry.BadKey.selector);
    }

    function test_refuses_a_key_of_another_length() external {
        bytes memory longer = bytes.concat(ordinary.key, new bytes(64));
        _refuses(partsOf(longer, 2, 0), longer, IRegistry.BadKey.selector);
    }

    function test_refuses_gamma_equal_to_delta_or_its_negative() external {
        _refusesKey(".gammaIsDelta");
        _refusesKey(".gammaIsMinusDelta");
    }

    function test_refuses_delta_equal_to_the_generator_or_its_negative() external {
        _refusesKey(".deltaIsGenerator");
        _refusesKey(".deltaIsMinusGenerator");
    }

    function _refusesKey(string memory name) private {
        bytes memory key = vm.parseJsonBytes(keysJson, name);
        _refuses(partsOf(key, 2, 0), key, IRegistry.BadKey.selector);
    }

    /// @dev Points: alpha, beta, gamma, delta, IC0 to IC3.
    function test_refuses_a_key_with_any_point_off_its_curve() external {
        uint256[8] memory ends = [uint256(64), 192, 320, 448, 512, 576, 640, 704];
        for (uint256 i = 0; i < 8; i++) {
            bytes memory key = bytes.concat(ordinary.key);
            key[ends[i] - 1] = bytes1(uint8(key[ends[i] - 1]) ^ 1);
            _refuses(partsOf(key, 2, 0), key, IRegistry.BadKey.selector);
        }
    }

    function test_refuses_a_key_with_any_point_at_infinity() external {
        uint256[9] memory edges = [uint256(0), 64, 192, 320, 448, 512, 576, 640, 704];
        for (uint256 i = 0; i < 8; i++) {
            bytes memory key = bytes.concat(ordinary.key);
            for (uint256 place = edges[i]; place < edges[i + 1]; place++) {
                key[place] = 0;
            }
            _refuses(partsOf(key, 2, 0), key, IRegistry.BadKey.selector);
        }
    }

    function test_refuses_a_development_key_off_the_development_chain_whatever_its_flags_say() external {
        vm.chainId(1);
        _refuses(partsOf(development.key, 3, 1), development.key, IRegistry.DevelopmentKey.selector);
        _refuses(partsOf(development.key, 3, 0), development.key, IRegistry.DevelopmentKey.selector);
    }

    function test_refuses_an_insecure_circuit_off_the_development_chain_whatever_its_key() external {
        vm.chainId(1);
        _refuses(partsOf(ordinary.key, 2, 1), ordinary.key, IRegistry.DevelopmentKey.selector);
        _refuses(partsOf(ordinary.key, 2, 3), ordinary.key, IRegistry.DevelopmentKey.selector);
        registry.register(partsOf(ordinary.key, 2, 2), ordinary.key);
        vm.chainId(31337);
        registry.register(partsOf(ordinary.key, 2, 1), ordinary.key);
    }

    function test_refuses_a_development_key_that_is_not_flagged() external {
        _refuses(partsOf(development.key, 3, 0), development.key, IRegistry.DevelopmentKey.selector);
        _refuses(partsOf(development.key, 3, 2), development.key, IRegistry.DevelopmentKey.selector);
    }

    function test_knows_a_development_key_by_its_points_also_with_other_inputs() external {
        bytes memory key = bytes.concat(development.key);
        for (uint256 i = 448; i < 704; i++) {
            key[i] = ordinary.key[i];
        }
        vm.chainId(1);
        _refuses(partsOf(key, 2, 1), key, IRegistry.DevelopmentKey.selector);
    }

    function test_takes_an_ordinary_key_on_any_chain() external {
        vm.chainId(1);
        assertTrue(registry.isRegistered(registry.register(partsOf(ordinary.key, 2, 0), ordinary.key)), "registered");
    }

    function test_too_little_gas_to_register_never_looks_like_a_bad_key() external {
        CircuitParts memory parts = partsOf(ordinary.key, 2, 0);
        for (uint256 gas = 20_000; gas < 460_000; gas += 5_000) {
            try registry.register{gas: gas}(parts, ordinary.key) {
                return;
            } catch (bytes memory why) {
                assertTrue(bytes4(why) != IRegistry.BadKey.selector, "a verdict for want of gas");
            }
        }
        assertTrue(false, "never registered");
    }

    function test_too_little_gas_is_said_before_the_points_are_looked_at_and_when_the_key_cannot_be_stored() external {
        CircuitParts memory parts = partsOf(ordinary.key, 2, 0);
        bool[2] memory seen;
        for (uint256 gas = 100_000; gas < 440_000; gas += 2_000) {
            try registry.register{gas: gas}(parts, ordinary.key) {
                break;
            } catch (bytes memory why) {
                if (bytes4(why) == IRegistry.NotEnoughGas.selector) seen[gas < 260_000 ? 0 : 1] = true;
            }
        }
        assertTrue(seen[0] && seen[1], "said");
    }

    // Publication

    function test_publishes_under_the_hash_of_the_bytes(bytes32 kind, bytes calldata head) external {
        vm.expectEmit(address(registry));
        emit Published(sha256(head), kind, stranger, head);
        vm.prank(stranger);
        assertEq(registry.publish(kind, head), sha256(head), "id");
    }

    // Checking

    function _about(uint256[] memory values, uint256 digest) private view returns (Claimed memory) {
        return Claimed(address(this), keccak256("request"), 3, volunteer, circuit, digest, values);
    }

    function _check(Claimed memory about, bytes memory evidence) private view {
        registry.check(about.circuit, about.subject, about.unit, about.beneficiary, about.values, evidence);
    }

    function test_accepts_any_statement_that_its_proof_is_about(uint256 v0, uint256 v1, uint256 digest, uint256 a) external {
        uint256[] memory values = new uint256[](2);
        (values[0], values[1]) = (v0 % R, v1 % R);
        Claimed memory about = _about(values, digest % R);
        bytes memory evidence = forge(development, about, a % R);
        _check(about, evidence);
        assertEq(registry.judge(about.subject, 3, volunteer, circuit, values, evidence), 0, "accepted at once");
    }

    function test_accepts_circuits_of_one_and_of_many_values(uint8 count) external {
        count = uint8(bound(count, 1, 24));
        Claimed memory about = _about(new uint256[](count), 5);
        about.circuit = registry.register(partsOf(ordinary.key, count, 0), ordinary.key);
        for (uint256 i = 0; i < count; i++) {
            about.values[i] = uint256(keccak256(abi.encode(i))) % R;
        }
        _check(about, forge(ordinary, about));
    }

    function test_accepts_the_extreme_field_elements() external view {
        uint256[] memory values = new uint256[](2);
        (values[0], values[1]) = (R - 1, 0);
        Claimed memory about = _about(values, R - 1);
        _check(about, forge(development, about));
        about = _about(values, 0);
        _check(about, forge(development, about));
    }

    function _rejects(Claimed memory about, bytes memory evidence, bytes4 why) private {
        vm.expectRevert(why);
        _check(about, evidence);
    }

    function test_rejects_a_proof_for_any_other_statement(uint256 seed) external {
        Claimed memory about = _about(valuesOf(3), 5);
        bytes memory evidence = forge(development, about);
        uint256 field = seed % 7;
        uint256 other = seed | 1;
        if (field == 0) about.subject = bytes32(uint256(about.subject) ^ other);
        if (field == 1) about.unit ^= uint32(other);
        if (field == 2) about.beneficiary = address(uint160(about.beneficiary) ^ uint160(other));
        if (field == 3) about.values[0] = addmod(about.values[0], 1 + (other % (R - 1)), R);
        if (field == 4) about.values[1] = addmod(about.values[1], 1 + (other % (R - 1)), R);
        if (field == 5) about.circuit = registry.register(partsOf(development.key, 2, uint16(3 | (seed & 0xfff0))), development.key);
        if (field == 6) vm.chainId(31338);
        _rejects(about, evidence, IRegistry.ProofRejected.selector);
    }

    function test_rejects_a_proof_made_for_another_contract() external {
        Claimed memory about = _about(valuesOf(3), 5);
        bytes memory evidence = forge(development, about);
        _check(about, evidence);
        vm.prank(stranger);
        vm.expectRevert(IRegistry.ProofRejected.selector);
        registry.check(circuit, about.subject, 3, volunteer, about.values, evidence);
        vm.prank(stranger);
        vm.expectRevert(IRegistry.ProofRejected.selector);
        registry.judge(about.subject, 3, volunteer, circuit, about.values, evidence);
    }

    function test_rejects_another_digest() external {
        Claimed memory about = _about(valuesOf(3), 5);
        bytes memory evidence = forge(development, about);
        evidence[31] = 0x06;
        _rejects(about, evidence, IRegistry.ProofRejected.selector);
    }

    function test_rejects_a_changed_proof(uint256 place, uint8 flip) external {
        Claimed memory about = _about(valuesOf(3), 5);
        bytes memory evidence = forge(development, about);
        place = bound(place, 32, 287);
        evidence[place] = bytes1(uint8(evidence[place]) ^ uint8(bound(flip, 1, 255)));
        _rejects(about, evidence, IRegistry.ProofRejected.selector);
    }

    function test_rejects_evidence_of_another_length() external {
        Claimed memory about = _about(valuesOf(3), 5);
        bytes memory evidence = forge(development, about);
        _rejects(about, bytes.concat(evidence, hex"00"), IRegistry.ProofRejected.selector);
        _rejects(about, "", IRegistry.ProofRejected.selector);
    }

    /// @dev A coordinate x and x + Q name the same point; the precompile refuses the second, and so must we for A's y,
    /// which is negated before the precompile sees it. Only 0 survives that as Q, so A is put at infinity.
    function test_rejects_a_coordinate_that_is_not_below_the_field_order() external {
        Claimed memory about = _about(valuesOf(3), 5);
        bytes memory evidence = forge(development, about, 0);
        _check(about, evidence);
        _add(evidence, 96, Q);
        _rejects(about, evidence, IRegistry.ProofRejected.selector);
        evidence = forge(development, about);
        for (uint256 offset = 64; offset <= 288; offset += 32) {
            bytes memory wrapped = bytes.concat(evidence);
            _add(wrapped, offset, Q);
            _rejects(about, wrapped, IRegistry.ProofRejected.selector);
        }
    }

    function _add(bytes memory data, uint256 offset, uint256 amount) private pure {
        assembly {
            mstore(add(data, offset), add(mload(add(data, offset)), amount))
        }
    }

    function test_rejects_values_and_digests_at_or_above_the_scalar_order(uint256 excess) external {
        Claimed memory about = _about(valuesOf(3), 5);
        bytes memory evidence = forge(development, about);
        excess = bound(excess, 0, type(uint256).max - 2 * R);
        for (uint256 i = 0; i < 2; i++) {
            Claimed memory large = _about(valuesOf(3), 5);
            large.values[i] = R + excess;
            _rejects(large, evidence, IRegistry.InputTooLarge.selector);
        }
        // The same number mod R, for which the proof's equation would hold if the domain were not over the bytes.
        Claimed memory same = _about(valuesOf(3), 5);
        same.values[1] += R;
        _rejects(same, evidence, IRegistry.InputTooLarge.selector);
        _rejects(about, bytes.concat(bytes32(R), _proofOf(evidence)), IRegistry.InputTooLarge.selector);
        about.digest = R + 5;
        _rejects(about, forge(development, about), IRegistry.InputTooLarge.selector);
    }

    function _proofOf(bytes memory evidence) private pure returns (bytes memory proof) {
        proof = new bytes(256);
        assembly {
            mcopy(add(proof, 32), add(evidence, 64), 256)
        }
    }

    /// @dev A value above R whose reduced twin a proof was forged for, with the domain taken over the large form.
    function test_rejects_a_large_value_even_with_a_proof_forged_for_it() external {
        Claimed memory about = _about(valuesOf(3), 5);
        about.values[0] += R;
        _rejects(about, forge(development, about), IRegistry.InputTooLarge.selector);
    }

    function test_rejects_another_count_of_values() external {
        Claimed memory about = _about(new uint256[](3), 5);
        (about.values[0], about.values[1]) = (7, 8);
        // The fold cannot see the trailing zero: only the count tells.
        _rejects(about, forge(development, about), IRegistry.WrongValueCount.selector);
        about.values = new uint256[](1);
        _rejects(about, forge(development, about), IRegistry.WrongValueCount.selector);
        about.values = new uint256[](0);
        _rejects(about, forge(development, about), IRegistry.WrongValueCount.selector);
    }

    function test_rejects_an_unknown_circuit() external {
        Claimed memory about = _about(valuesOf(3), 5);
        about.circuit = keccak256("nothing");
        _rejects(about, forge(development, about), IRegistry.UnknownCircuit.selector);
    }

    function test_accepts_the_malleated_twin_of_a_proof() external view {
        Claimed memory about = _about(valuesOf(3), 5);
        _check(about, malleate(forge(development, about)));
    }

    function test_a_bad_point_costs_no_more_than_a_good_one() external {
        Claimed memory about = _about(valuesOf(3), 5);
        bytes memory evidence = forge(development, about);
        evidence[287] ^= 0x01;
        uint256 before = gasleft();
        try registry.check{gas: 5_000_000}(circuit, about.subject, 3, volunteer, about.values, evidence) {
            assertTrue(false, "accepted");
        } catch (bytes memory why) {
            assertEq(bytes4(why), IRegistry.ProofRejected.selector, "why");
        }
        assertLe(before - gasleft(), 230_000, "gas eaten by a bad proof");
    }

    function test_too_little_gas_never_looks_like_a_false_proof() external {
        Claimed memory about = _about(valuesOf(3), 5);
        bytes memory evidence = forge(development, about);
        bool said = false;
        for (uint256 gas = 5_000; gas < 260_000; gas += 500) {
            try registry.check{gas: gas}(circuit, about.subject, 3, volunteer, about.values, evidence) {
                assertTrue(said, "NotEnoughGas was never said");
                return;
            } catch (bytes memory why) {
                assertTrue(bytes4(why) != IRegistry.ProofRejected.selector, "a verdict for want of gas");
                if (bytes4(why) == IRegistry.NotEnoughGas.selector) said = true;
            }
        }
        assertTrue(false, "never held");
    }
}
