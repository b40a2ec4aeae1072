// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {MarketHandler} from "./MarketHandler.sol";
import {Test} from "./Test.sol";

/// @title The protocol's invariants 1 to 3, under any order of what people do.
contract MarketInvariants is Test {
    MarketHandler private handler;

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function setUp() external {
        handler = new MarketHandler();
        handler.open();
        // A little of everything, so that no run begins with an empty market.
        handler.posts(0, 1);
        handler.posts(1, 5);
        handler.posts(0, 3);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev Actions that are listed more than once happen more often.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[] memory selectors = new bytes4[](8);
        selectors[0] = MarketHandler.posts.selector;
        selectors[1] = MarketHandler.claims.selector;
        selectors[2] = MarketHandler.delivers.selector;
        selectors[3] = MarketHandler.cheats.selector;
        selectors[4] = MarketHandler.rules.selector;
        selectors[5] = MarketHandler.refunds.selector;
        selectors[6] = MarketHandler.waits.selector;
        selectors[7] = MarketHandler.moods.selector;
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), selectors);
    }

    /// 1. The market holds exactly the escrow of what is neither settled nor refunded; tokens in = tokens out.
    function invariant_the_market_holds_what_it_owes() external view {
        (uint256 held, uint256 supply, uint256 accountedFor) = handler.books();
        assertEq(held, handler.owed(), "held");
        assertEq(accountedFor, supply, "tokens are neither made nor lost");
        for (uint256 i = 0; i < 3; i++) {
            address claimant = handler.claimants(i);
            assertEq(handler.balanceOf(claimant), handler.earned(claimant), "earned");
        }
        for (uint256 i = 0; i < 2; i++) {
            address requester = handler.requesters(i);
            assertEq(handler.balanceOf(requester) + handler.spent(requester), 1e24, "spent");
        }
    }

    /// 2. A unit settles at most once, and no cheat pays anybody.
    function invariant_a_unit_settles_at_most_once() external view {
        for (uint256 task = 0; task < handler.taskCount(); task++) {
            for (uint32 unit = 0; unit < 3; unit++) {
                assertLe(handler.timesSettled(task, unit), 1, "settled");
            }
        }
        assertEq(handler.cheated(), 0, "cheats");
    }

    /// 9. Whoever may do something can: no gate, judge or other person stands in the way.
    function invariant_nobody_is_blocked() external view {
        assertEq(handler.stuck(), 0, "stuck");
    }

    /// 3. Every escrow leaves, whoever vanishes.
    function afterInvariant() external {
        handler.everyoneVanishes();
        (uint256 held,,) = handler.books();
        assertEq(held, 0, "escrow left behind");
        assertEq(handler.stuck(), 0, "stuck");
    }

    /// @dev The handler does reach the states that the invariants are about.
    function test_the_handler_does_real_work() external {
        handler.claims(0, 0, 0, true);
        handler.delivers(0, 0, true);
        handler.claims(2, 1, 1, false);
        handler.delivers(2, 1, false);
        handler.cheats(0, 0, 1);
        handler.rules(2, 1, true);
        handler.waits(899);
        handler.refunds(0);
        bytes32[6] memory actions = [bytes32("claim"), "settle", "pend", "rule", "cheat", "refund"];
        for (uint256 i = 0; i < 6; i++) {
            assertTrue(handler.done(actions[i]) > 0, string(abi.encodePacked(actions[i])));
        }
    }
}
