// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {MarketHandler} from "./MarketHandler.sol";
import {MarketRogues} from "./MarketRogues.sol";
import {Test} from "./Test.sol";

/// @title The protocol's invariants 1 to 3, under any order of what people do.
contract MarketInvariants is Test {
    MarketRogues private handler;

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function setUp() external {
        handler = new MarketRogues();
        handler.open();
        // A little of everything, so that no run begins with an empty market.
        handler.posts(0, 3001);
        handler.posts(1, 3005);
        handler.posts(0, 3003);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev Actions that are listed more than once happen more often.
    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        bytes4[15] memory actions = [
            MarketHandler.posts.selector,
            MarketHandler.claims.selector,
            MarketHandler.claims.selector,
            MarketHandler.claims.selector,
            MarketHandler.delivers.selector,
            MarketHandler.rules.selector,
            MarketHandler.refunds.selector,
            MarketHandler.waits.selector,
            MarketHandler.moods.selector,
            MarketHandler.gives.selector,
            MarketRogues.cheats.selector,
            MarketRogues.replays.selector,
            MarketRogues.replaysClaims.selector,
            MarketRogues.meddles.selector,
            MarketRogues.misposts.selector
        ];
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), new bytes4[](actions.length));
        for (uint256 i = 0; i < actions.length; i++) {
            targets[0].selectors[i] = actions[i];
        }
    }

    /// @dev One invariant for all of them, since each would have everything done over again, in the same order.
    function invariant_the_books_balance_nothing_is_paid_twice_and_nobody_is_blocked() external view {
        _booksBalance();
        _nothingIsPaidTwice();
        assertEq(handler.stuck(), 0, "someone who may do something cannot: a gate, judge or other person stands in the way");
    }

    /// 1. The market holds exactly the escrow of what is neither settled nor refunded, and what it was given; tokens in =
    /// tokens out.
    function _booksBalance() private view {
        (uint256 held, uint256 supply, uint256 accountedFor) = handler.books();
        assertEq(held, handler.owed() + handler.given(), "held");
        assertEq(accountedFor, supply, "tokens are neither made nor lost");
        for (uint256 i = 0; i < 3; i++) {
            address claimant = handler.claimants(i);
            assertEq(handler.balanceOf(claimant), handler.earned(claimant), "earned");
        }
        assertEq(handler.ownerHolds(), handler.ownerEarned(), "the owner's share");
        for (uint256 i = 0; i < 2; i++) {
            address requester = handler.requesters(i);
            assertEq(handler.balanceOf(requester) + handler.spent(requester), 1e24, "spent");
        }
    }

    /// 2. A unit settles at most once, no cheat pays anybody, and each is refused for what is wrong with it.
    function _nothingIsPaidTwice() private view {
        for (uint256 task = 0; task < handler.taskCount(); task++) {
            for (uint32 unit = 0; unit < 3; unit++) {
                assertLe(handler.timesSettled(task, unit), 1, "settled");
            }
        }
        assertEq(handler.cheated(), 0, "cheats");
        assertEq(handler.misjudged(), 0, "refused for another reason");
    }

    /// 3. Every escrow leaves, whoever vanishes.
    function afterInvariant() external {
        handler.everyoneVanishes();
        (uint256 held,,) = handler.books();
        assertEq(held, handler.given(), "escrow left behind");

        assertEq(handler.stuck(), 0, "stuck");
    }

    /// @dev The handler does reach the states that the invariants are about.
    function test_the_handler_does_real_work() external {
        handler.claims(0, 0, 0, true);
        handler.delivers(0, 0, true);
        handler.claims(0, 1, 1, false);
        handler.cheats(0, 1, 1);
        for (uint256 where = 0; where < 3; where++) {
            handler.replays(0, 1, where);
            handler.replaysClaims(0, 2, 2, where);
        }
        handler.misposts(1, true);
        handler.misposts(1, false);
        handler.claims(2, 1, 1, false);
        handler.delivers(2, 1, false);
        handler.meddles(2, 1, true);
        handler.rules(2, 1, true);
        handler.gives(1);
        for (uint256 i = 0; i < 5; i++) {
            handler.waits(899);
        }
        handler.refunds(0);
        string[14] memory actions = [
            "claim", "settle", "cheat", "replay: task", "replay: market", "replay: chain", "claim again: task",
            "claim again: market", "claim again: chain", "mispost", "pend", "meddle", "rule", "refund"
        ];
        for (uint256 i = 0; i < actions.length; i++) {
            assertTrue(handler.done(bytes32(bytes(actions[i]))) > 0, actions[i]);
        }
        assertEq(handler.cheated() + handler.misjudged() + handler.stuck(), 0, "and nothing wrong");
    }
}
