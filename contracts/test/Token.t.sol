// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {World} from "./World.sol";

contract TokenTest is World {
    function test_the_whole_supply_is_the_deployers_and_stays_what_it_is() external view {
        assertEq(token.totalSupply(), 1e27, "supply");
        assertEq(token.balanceOf(address(this)) + token.balanceOf(requester), 1e27, "held");
        assertEq(keccak256(bytes(token.symbol())), keccak256("PTAB"), "symbol");
        assertEq(token.decimals(), 18, "decimals");
    }

    function test_an_approval_can_be_signed() external {
        (address from, uint256 deadline) = (volunteer, block.timestamp + 60);
        bytes32 message = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                from,
                sponsor,
                5,
                0,
                deadline
            )
        );
        bytes32 digest = keccak256(bytes.concat(hex"1901", token.DOMAIN_SEPARATOR(), message));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(VOLUNTEER_KEY, digest);
        token.permit(from, sponsor, 5, deadline, v, r, s);
        assertEq(token.allowance(from, sponsor), 5, "allowance");
        assertEq(token.nonces(from), 1, "nonce");
    }

    function test_votes_follow_the_balance_once_delegated() external {
        vm.prank(requester);
        token.delegate(requester);
        assertEq(token.getVotes(requester), token.balanceOf(requester), "delegated");
        vm.prank(requester);
        token.transfer(stranger, 1e24);
        assertEq(token.getVotes(requester), 0, "gone");
    }
}
