// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IMarket, Terms} from "../interfaces/IMarket.sol";
import {GreedyJudge, NotingGate, SlowJudge, StuckJudge} from "./Modules.sol";
import {World} from "./World.sol";

/// @title Judges that take their time, gates that misbehave: neither harms a unit that is not theirs.
contract MarketModulesTest is World {
    event Pending(bytes32 indexed task, uint32 unit, uint40 until);
    event Settled(bytes32 indexed task, uint32 unit, address indexed beneficiary, uint256 paid, uint256[] values);

    SlowJudge private judge;
    NotingGate private gate;

    function setUp() public override {
        super.setUp();
        judge = new SlowJudge();
        gate = new NotingGate();
        market.allow(address(judge), true);
        market.allow(address(gate), true);
    }

    function _slow() private view returns (Terms memory terms) {
        terms = termsOf(UNITS);
        terms.judge = address(judge);
        terms.ownerPrice = uint128(OWNER_PRICE);
    }

    function _gated() private view returns (Terms memory terms) {
        terms = termsOf(UNITS);
        terms.gate = address(gate);
    }

    function _deliver(Terms memory terms, uint32 unit) private {
        market.settle(terms, unit, valuesOf(unit), pathOf(terms.units, unit), "evidence");
    }

    function _pending(Terms memory terms, uint32 unit) private returns (bytes32 task) {
        task = post(terms);
        claim(terms, unit, volunteer);
        _deliver(terms, unit);
    }

    // Pending

    function test_a_judge_may_ask_for_time_and_accept() external {
        Terms memory terms = _slow();
        bytes32 task = post(terms);
        claim(terms, 3, volunteer);
        uint40 deadline = uint40(block.timestamp + 1 hours);
        vm.expectEmit(address(market));
        emit Pending(task, 3, deadline);
        _deliver(terms, 3);
        assertEq(token.balanceOf(volunteer), 0, "not yet");
        vm.warp(deadline);
        vm.expectEmit(address(market));
        emit Settled(task, 3, volunteer, PRICE, valuesOf(3));
        judge.rule(market, task, 3, true);
        assertEq(token.balanceOf(volunteer), PRICE, "paid");
        assertEq(token.balanceOf(owner), OWNER_PRICE, "owner");
        vm.expectRevert(IMarket.NotPending.selector);
        judge.rule(market, task, 3, true);
        vm.expectRevert(IMarket.AlreadySettled.selector);
        market.claim(terms, 3, BOX_KEY, address(this), "");
    }

    function test_a_judge_may_refuse_and_the_unit_is_open_again() external {
        Terms memory terms = _slow();
        bytes32 task = _pending(terms, 3);
        vm.expectEmit(address(market));
        emit Pending(task, 3, 0);
        judge.rule(market, task, 3, false);
        assertEq(token.balanceOf(volunteer), 0, "unpaid");
        claim(terms, 3, stranger);
        judge.wait(0);
        _deliver(terms, 3);
        assertEq(token.balanceOf(stranger), PRICE, "the next one is paid");
    }

    function test_a_judge_may_refuse_at_once() external {
        Terms memory terms = _slow();
        post(terms);
        claim(terms, 3, volunteer);
        vm.expectRevert(SlowJudge.Refused.selector);
        market.settle(terms, 3, valuesOf(3), pathOf(UNITS, 3), "");
    }

    function test_while_pending_nobody_claims_delivers_or_refunds() external {
        Terms memory terms = _slow();
        judge.wait(2 days);
        _pending(terms, 3);
        bytes memory notOpen = abi.encodeWithSelector(IMarket.NotOpen.selector, uint40(block.timestamp + 2 days));
        vm.expectRevert(notOpen);
        market.claim(terms, 3, BOX_KEY, address(this), "");
        vm.expectRevert(notOpen);
        _deliver(terms, 3);
        vm.warp(terms.closes + 1);
        vm.expectRevert(abi.encodeWithSelector(IMarket.NotOpen.selector, terms.closes));
        market.refund(terms);
    }

    function test_only_the_judge_rules_while_it_has_time() external {
        Terms memory terms = _slow();
        bytes32 task = _pending(terms, 3);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IMarket.ModuleNotAllowed.selector, stranger));
        market.resolve(task, 3, false);
        vm.expectRevert(IMarket.NotPending.selector);
        market.resolve(task, 4, false);
        vm.expectRevert(IMarket.NotPending.selector);
        market.resolve(keccak256("nothing"), 3, false);
    }

    function test_a_judge_that_lets_its_time_pass_can_only_refuse_and_so_can_anyone() external {
        Terms memory terms = _slow();
        bytes32 task = _pending(terms, 3);
        vm.warp(block.timestamp + 1 hours + 1);
        vm.expectRevert(IMarket.LeaseExpired.selector);
        judge.rule(market, task, 3, true);
        vm.prank(stranger);
        market.resolve(task, 3, false);
        vm.warp(terms.closes + 1);
        market.refund(terms);
        assertEq(token.balanceOf(address(market)), 0, "escrow");
    }

    function test_a_lapsed_judgement_is_overwritten_by_the_next_claim() external {
        Terms memory terms = _slow();
        bytes32 task = _pending(terms, 3);
        vm.warp(block.timestamp + 1 hours + 1);
        vm.expectEmit(address(market));
        emit Pending(task, 3, 0);
        claim(terms, 3, stranger);
        vm.expectRevert(IMarket.NotPending.selector);
        judge.rule(market, task, 3, true);
        vm.warp(terms.closes + 1);
        market.refund(terms);
        assertEq(token.balanceOf(address(market)), 0, "nothing is held for the old judgement");
    }

    function test_a_verdict_may_come_after_closing() external {
        Terms memory terms = _slow();
        judge.wait(2 days);
        bytes32 task = _pending(terms, 3);
        vm.warp(terms.closes + 1);
        judge.rule(market, task, 3, true);
        market.refund(terms);
        assertEq(token.balanceOf(volunteer), PRICE, "paid");
        assertEq(token.balanceOf(address(market)), 0, "escrow");
    }

    function _refusesJudge(uint40 answer) private {
        StuckJudge stuck = new StuckJudge(answer);
        market.allow(address(stuck), true);
        Terms memory terms = termsOf(UNITS);
        terms.judge = address(stuck);
        post(terms);
        claim(terms, 3, volunteer);
        vm.expectRevert(abi.encodeWithSelector(IMarket.ModuleNotAllowed.selector, address(stuck)));
        _deliver(terms, 3);
    }

    function test_refuses_a_judge_that_asks_for_no_time_or_for_too_much() external {
        _refusesJudge(uint40(block.timestamp));
        _refusesJudge(uint40(block.timestamp + 30 days + 1));
        judge.wait(30 days);
        _pending(_slow(), 3);
    }

    function test_a_judge_that_calls_back_finds_the_unit_settled() external {
        GreedyJudge greedy = new GreedyJudge(market);
        market.allow(address(greedy), true);
        Terms memory terms = termsOf(UNITS);
        terms.judge = address(greedy);
        post(terms);
        claim(terms, 3, volunteer);
        greedy.prepare(abi.encodeCall(IMarket.settle, (terms, 3, valuesOf(3), pathOf(UNITS, 3), "")));
        _deliver(terms, 3);
        assertEq(bytes32(greedy.refusal()), bytes32(IMarket.AlreadySettled.selector), "refused");
        assertEq(token.balanceOf(volunteer), PRICE, "paid once");
    }

    // Gates

    function test_a_gate_sees_the_claim_and_its_end() external {
        Terms memory terms = _gated();
        bytes32 task = post(terms);
        bytes memory auth = authFor(terms, 3, volunteer, VOLUNTEER_KEY, block.timestamp + 60, "a presentation");
        vm.prank(sponsor);
        market.claim(terms, 3, BOX_KEY, volunteer, auth);
        (bytes32 seen, uint32 unit, address claimant, bytes memory evidence) = gate.claims(0);
        assertEq(seen, task, "task");
        assertEq(unit, 3, "unit");
        assertEq(claimant, volunteer, "claimant");
        assertEq(keccak256(evidence), keccak256("a presentation"), "evidence");
        settle(terms, 3, volunteer);
        assertEq(gate.ended(), 1, "ended");
        assertTrue(gate.lastSettled(), "settled");
    }

    /// @dev The signature covers the claim alone, so a gate must see for itself whom evidence is about.
    function test_whoever_carries_a_claim_can_exchange_its_evidence() external {
        Terms memory terms = _gated();
        post(terms);
        bytes memory auth = authFor(terms, 3, volunteer, VOLUNTEER_KEY, block.timestamp + 60, "a presentation");
        auth[256] = "A";
        vm.prank(sponsor);
        market.claim(terms, 3, BOX_KEY, volunteer, auth);
        (,, address claimant, bytes memory evidence) = gate.claims(0);
        assertEq(claimant, volunteer, "claimant");
        assertEq(keccak256(evidence), keccak256("A presentation"), "evidence");
    }

    function test_a_gate_refuses_whom_it_wants() external {
        Terms memory terms = _gated();
        bytes32 task = post(terms);
        gate.refuse(volunteer);
        vm.prank(volunteer);
        vm.expectRevert(abi.encodeWithSelector(NotingGate.NotAdmitted.selector, volunteer));
        market.claim(terms, 3, BOX_KEY, volunteer, "");
        (address claimant,,) = market.units(task, 3);
        assertEq(claimant, address(0), "unclaimed");
        claim(terms, 3, stranger);
    }

    function test_a_gate_hears_of_a_lapse_from_the_next_claim() external {
        Terms memory terms = _gated();
        post(terms);
        claim(terms, 3, volunteer);
        vm.warp(block.timestamp + 601);
        claim(terms, 3, stranger);
        assertEq(gate.ended(), 1, "ended");
        assertTrue(!gate.lastSettled(), "not settled");
        assertEq(gate.claimCount(), 2, "claims");
    }

    function test_a_gate_hears_of_every_lapse_from_the_refund_and_of_nothing_twice() external {
        Terms memory terms = _gated();
        post(terms);
        claim(terms, 1, volunteer);
        claim(terms, 3, volunteer);
        claim(terms, 7, volunteer);
        settle(terms, 3, volunteer);
        assertEq(gate.ended(), 1, "settled");
        vm.warp(terms.closes + 1);
        market.refund(terms);
        assertEq(gate.ended(), 3, "the two that lapsed");
        assertEq(gate.lastUnit(), 7, "unit");
    }

    function test_a_gate_hears_of_verdicts() external {
        Terms memory terms = _slow();
        terms.gate = address(gate);
        bytes32 task = _pending(terms, 3);
        assertEq(gate.ended(), 0, "pending");
        judge.rule(market, task, 3, false);
        assertEq(gate.ended(), 1, "refused");
        assertTrue(!gate.lastSettled(), "not settled");
        claim(terms, 3, volunteer);
        assertEq(gate.ended(), 1, "not told again");
        _deliver(terms, 3);
        judge.rule(market, task, 3, true);
        assertEq(gate.ended(), 2, "accepted");
        assertTrue(gate.lastSettled(), "settled");
    }

    function test_a_gate_in_any_mood_blocks_neither_payment_nor_the_next_claim_nor_refunds(uint8 mood) external {
        gate.be(NotingGate.Mood(bound(mood, 1, 3)));
        Terms memory terms = _gated();
        post(terms);
        for (uint32 unit = 0; unit < UNITS; unit++) {
            claim(terms, unit, volunteer);
        }
        settle(terms, 3, volunteer);
        assertEq(token.balanceOf(volunteer), PRICE, "paid");
        vm.warp(block.timestamp + 601);
        claim(terms, 4, stranger);
        vm.warp(terms.closes + 1);
        uint256 before = gasleft();
        market.refund(terms);
        assertLe(before - gasleft(), 8 * 70_000 + 100_000, "gas that a gate can burn");
        assertEq(token.balanceOf(address(market)), 0, "escrow");
    }

    function test_nobody_makes_a_gate_miss_an_end_by_sending_little_gas() external {
        Terms memory terms = _gated();
        post(terms);
        claim(terms, 3, volunteer);
        bytes memory evidence = evidenceFor(terms, 3, volunteer);
        uint256[] memory values = valuesOf(3);
        bytes32[] memory path = pathOf(UNITS, 3);
        bool said = false;
        for (uint256 gas = 200_000; gas < 500_000; gas += 2_000) {
            try market.settle{gas: gas}(terms, 3, values, path, evidence) {
                assertEq(gate.ended(), 1, "the gate heard");
                assertTrue(said, "NotEnoughGas was never said");
                return;
            } catch (bytes memory why) {
                if (bytes4(why) == IMarket.NotEnoughGas.selector && gas > 300_000) said = true;
            }
        }
        assertTrue(false, "never settled");
    }

    function test_a_gated_task_is_small_enough_to_be_refunded_in_one_transaction() external {
        Terms memory terms = _gated();
        terms.units = 201;
        vm.prank(requester);
        vm.expectRevert(IMarket.BadTerms.selector);
        market.post(terms);
        terms.units = 200;
        post(terms);
    }
}
