// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IMarket, Terms} from "../interfaces/IMarket.sol";
import {World} from "./World.sol";

/// @title The market's own way of hashing terms gives what the compiler's gives, and refuses what that refuses.
contract TaskIdTest is World {
    function _plainly(address market_, Terms memory terms) private view returns (bytes32) {
        return sha256(abi.encode("prooftab/task/1", block.chainid, market_, terms));
    }

    function test_is_the_hash_of_the_terms_chain_and_market(Terms calldata terms, uint64 chain) external {
        vm.chainId(bound(chain, 1, type(uint64).max));
        assertEq(market.taskOf(terms), _plainly(address(market), terms), "id");
        vm.etch(stranger, address(market).code);
        assertEq(IMarket(stranger).taskOf(terms), _plainly(stranger, terms), "of another market");
    }

    /// @dev Else one task could be named in many ways, and only some of them would be found posted.
    function test_refuses_a_number_too_large_for_its_field() external {
        // units, price, owner, ownerPrice, gate, judge, closes, lease, tariff, requester
        uint8[10] memory places = [3, 4, 5, 6, 7, 8, 9, 10, 11, 0];
        uint8[10] memory bits = [32, 128, 160, 128, 160, 160, 40, 32, 32, 160];
        bytes memory call = abi.encodeCall(market.taskOf, (termsOf(UNITS)));
        for (uint256 i = 0; i < 10; i++) {
            for (uint256 bit = bits[i] - 1; bit < 256; bit++) {
                (bool taken, bytes memory answer) = address(market).call(_with(call, places[i], bit));
                assertTrue(taken == (bit < bits[i]), "taken");
                if (!taken) assertEq(bytes32(bytes4(answer)), bytes32(IMarket.BadTerms.selector), "why");
            }
        }
    }

    function test_such_a_number_names_no_posted_task() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        bytes memory call = abi.encodeCall(market.claim, (terms, 3, BOX_KEY, volunteer, ""));
        vm.prank(volunteer);
        (bool taken, bytes memory answer) = address(market).call(_with(call, 5, 160));
        assertTrue(!taken, "refused");
        assertEq(bytes32(bytes4(answer)), bytes32(IMarket.BadTerms.selector), "why");
        vm.prank(volunteer);
        (taken,) = address(market).call(call);
        assertTrue(taken, "the same claim without it");
    }

    /// @dev The call with one bit of one word of its terms set.
    function _with(bytes memory call, uint256 place, uint256 bit) private pure returns (bytes memory changed) {
        changed = bytes.concat(call);
        assembly {
            let word := add(add(changed, 36), mul(place, 32))
            mstore(word, or(mload(word), shl(bit, 1)))
        }
    }
}
