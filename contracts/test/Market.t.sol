// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IMarket, Terms} from "../interfaces/IMarket.sol";
import {IRegistry} from "../interfaces/IRegistry.sol";
import {World} from "./World.sol";

contract MarketTest is World {
    event Posted(bytes32 indexed task, Terms terms);
    event Claimed(bytes32 indexed task, uint32 unit, address indexed claimant, uint40 until, bytes32 boxKey);
    event Settled(bytes32 indexed task, uint32 unit, address indexed beneficiary, uint256 paid, uint256[] values);
    event Refunded(bytes32 indexed task, uint256 amount);
    event ModuleAllowed(address indexed module, bool allowed);

    error OwnableUnauthorizedAccount(address account);

    function _until(uint256 time) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IMarket.NotOpen.selector, uint40(time));
    }

    // Posting

    function test_posting_takes_the_escrow_and_says_so() external {
        Terms memory terms = termsOf(UNITS);
        terms.ownerPrice = uint128(OWNER_PRICE);
        bytes32 id = sha256(abi.encode("prooftab/task/1", block.chainid, address(market), terms));
        vm.expectEmit(address(market));
        emit Posted(id, terms);
        assertEq(post(terms), id, "id");
        assertEq(token.balanceOf(address(market)), UNITS * (PRICE + OWNER_PRICE), "escrow");
    }

    function _refusesTerms(Terms memory terms, bytes memory why) private {
        vm.prank(requester);
        vm.expectRevert(why);
        market.post(terms);
    }

    function _bad() private pure returns (bytes memory) {
        return abi.encodeWithSelector(IMarket.BadTerms.selector);
    }

    function test_nobody_posts_in_anothers_name() external {
        Terms memory terms = termsOf(UNITS);
        terms.requester = stranger;
        _refusesTerms(terms, _bad());
    }

    function test_refuses_a_task_without_units() external {
        Terms memory terms = termsOf(UNITS);
        terms.units = 0;
        _refusesTerms(terms, _bad());
    }

    function test_refuses_a_task_that_has_closed() external {
        Terms memory terms = termsOf(UNITS);
        terms.closes = uint40(block.timestamp);
        _refusesTerms(terms, _bad());
        terms.closes = uint40(block.timestamp + 1);
        post(terms);
    }

    function test_refuses_leases_of_nothing_and_of_more_than_ten_minutes() external {
        Terms memory terms = termsOf(UNITS);
        terms.lease = 0;
        _refusesTerms(terms, _bad());
        terms.lease = 601;
        _refusesTerms(terms, _bad());
        terms.lease = 600;
        post(terms);
    }

    function test_refuses_a_tariff_while_there_are_none() external {
        Terms memory terms = termsOf(UNITS);
        terms.tariff = 1;
        _refusesTerms(terms, _bad());
    }

    function test_refuses_to_owe_nobody() external {
        Terms memory terms = termsOf(UNITS);
        terms.owner = address(0);
        terms.ownerPrice = 1;
        _refusesTerms(terms, _bad());
        terms.ownerPrice = 0;
        post(terms);
    }

    function test_refuses_to_owe_the_market_itself() external {
        Terms memory terms = termsOf(UNITS);
        terms.owner = address(market);
        _refusesTerms(terms, _bad());
        terms.ownerPrice = uint128(OWNER_PRICE);
        _refusesTerms(terms, _bad());
        terms = termsOf(UNITS);
        terms.requester = address(market);
        _refusesTerms(terms, _bad());
    }

    function test_refuses_the_same_terms_twice_also_after_a_refund() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        _refusesTerms(terms, _bad());
        vm.warp(terms.closes + 1);
        market.refund(terms);
        _refusesTerms(terms, _bad());
    }

    function test_refuses_an_unregistered_circuit() external {
        Terms memory terms = termsOf(UNITS);
        terms.circuit = keccak256("nothing");
        _refusesTerms(terms, abi.encodeWithSelector(IMarket.UnknownCircuit.selector));
    }

    function test_refuses_modules_that_are_not_on_the_list() external {
        Terms memory terms = termsOf(UNITS);
        terms.judge = stranger;
        _refusesTerms(terms, abi.encodeWithSelector(IMarket.ModuleNotAllowed.selector, stranger));
        terms.judge = address(registry);
        terms.gate = stranger;
        _refusesTerms(terms, abi.encodeWithSelector(IMarket.ModuleNotAllowed.selector, stranger));
    }

    function test_only_the_owner_changes_the_list() external {
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(OwnableUnauthorizedAccount.selector, stranger));
        market.allow(stranger, true);
        vm.expectEmit(address(market));
        emit ModuleAllowed(stranger, true);
        market.allow(stranger, true);
        assertTrue(market.isAllowed(stranger), "allowed");
        market.allow(stranger, false);
        assertTrue(!market.isAllowed(stranger), "no more");
        assertTrue(market.isAllowed(address(registry)), "the first judge");
    }

    function test_refuses_a_requester_who_cannot_pay() external {
        Terms memory terms = termsOf(UNITS);
        terms.requester = stranger;
        fund(stranger, UNITS * PRICE - 1);
        vm.prank(stranger);
        vm.expectRevert();
        market.post(terms);
    }

    // Claiming

    function test_a_claim_holds_its_unit_for_the_lease() external {
        Terms memory terms = termsOf(UNITS);
        bytes32 task = post(terms);
        uint40 until = uint40(block.timestamp + 600);
        vm.expectEmit(address(market));
        emit Claimed(task, 3, volunteer, until, BOX_KEY);
        claim(terms, 3, volunteer);

        vm.prank(stranger);
        vm.expectRevert(_until(until));
        market.claim(terms, 3, BOX_KEY, stranger, "");
        vm.prank(volunteer);
        vm.expectRevert(_until(until));
        market.claim(terms, 3, BOX_KEY, volunteer, "");
        vm.warp(until);
        vm.prank(stranger);
        vm.expectRevert(_until(until));
        market.claim(terms, 3, BOX_KEY, stranger, "");
        claim(terms, 4, stranger);

        vm.warp(until + 1);
        claim(terms, 3, stranger);
        (address claimant,,) = market.units(task, 3);
        assertEq(claimant, stranger, "the next one holds it");
    }

    function test_refuses_a_claim_on_what_was_not_posted() external {
        Terms memory terms = termsOf(UNITS);
        vm.expectRevert(IMarket.UnknownTask.selector);
        market.claim(terms, 0, BOX_KEY, address(this), "");
        post(terms);
        terms.price += 1;
        vm.expectRevert(IMarket.UnknownTask.selector);
        market.claim(terms, 0, BOX_KEY, address(this), "");
    }

    function test_refuses_a_claim_on_a_unit_that_the_task_lacks() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        vm.expectRevert(IMarket.UnknownTask.selector);
        market.claim(terms, UNITS, BOX_KEY, address(this), "");
    }

    function test_no_lease_outlives_the_task() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        vm.warp(terms.closes - 599);
        vm.expectRevert(_until(terms.closes));
        market.claim(terms, 0, BOX_KEY, address(this), "");
        vm.warp(terms.closes - 600);
        market.claim(terms, 0, BOX_KEY, address(this), "");
    }

    function test_refuses_a_claim_on_a_settled_unit() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        claim(terms, 3, volunteer);
        settle(terms, 3, volunteer);
        vm.warp(block.timestamp + 601);
        vm.expectRevert(IMarket.AlreadySettled.selector);
        market.claim(terms, 3, BOX_KEY, address(this), "");
    }

    function test_refuses_a_claim_on_a_refunded_task() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        vm.warp(terms.closes + 1);
        market.refund(terms);
        vm.expectRevert(IMarket.UnknownTask.selector);
        market.claim(terms, 3, BOX_KEY, address(this), "");
    }

    // Signed claims

    function _sponsors(Terms memory terms, bytes memory auth) private {
        vm.prank(sponsor);
        market.claim(terms, 3, BOX_KEY, volunteer, auth);
    }

    function _refusesAuth(Terms memory terms, bytes memory auth) private {
        vm.prank(sponsor);
        vm.expectRevert(IMarket.BadAuth.selector);
        market.claim(terms, 3, BOX_KEY, volunteer, auth);
    }

    function test_anyone_may_send_a_claim_that_its_claimant_signed() external {
        Terms memory terms = termsOf(UNITS);
        bytes32 task = post(terms);
        _sponsors(terms, authFor(terms, 3, volunteer, VOLUNTEER_KEY, block.timestamp));
        (address claimant,,) = market.units(task, 3);
        assertEq(claimant, volunteer, "claimant");
    }

    function test_nobody_claims_in_anothers_name() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        _refusesAuth(terms, "");
        _refusesAuth(terms, authFor(terms, 3, volunteer, 0xBAD, block.timestamp));
    }

    function test_nobody_claims_for_the_market_itself() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        bytes[2] memory auths = [bytes(""), authFor(terms, 3, address(market), VOLUNTEER_KEY, block.timestamp)];
        for (uint256 i = 0; i < 2; i++) {
            vm.prank(sponsor);
            vm.expectRevert(IMarket.BadAuth.selector);
            market.claim(terms, 3, BOX_KEY, address(market), auths[i]);
        }
    }

    function test_a_signature_is_good_for_its_own_claim_alone() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        uint256 expires = block.timestamp + 60;
        _refusesAuth(terms, authFor(terms, 4, volunteer, VOLUNTEER_KEY, expires));
        Terms memory other = termsOf(UNITS);
        other.details = keccak256("other");
        _refusesAuth(terms, authFor(other, 3, volunteer, VOLUNTEER_KEY, expires));
        bytes memory auth = authFor(terms, 3, volunteer, VOLUNTEER_KEY, expires);
        vm.prank(sponsor);
        vm.expectRevert(IMarket.BadAuth.selector);
        market.claim(terms, 3, keccak256("another box"), volunteer, auth);
        vm.prank(sponsor);
        vm.expectRevert(IMarket.BadAuth.selector);
        market.claim(terms, 3, BOX_KEY, stranger, auth);
        // Later than was signed.
        auth[31] ^= 0x01;
        _refusesAuth(terms, auth);
    }

    function test_a_signature_expires() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        bytes memory auth = authFor(terms, 3, volunteer, VOLUNTEER_KEY, block.timestamp + 60);
        vm.warp(block.timestamp + 61);
        _refusesAuth(terms, auth);
        vm.warp(block.timestamp - 1);
        _sponsors(terms, auth);
    }

    function test_a_signature_is_good_on_one_chain_alone() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        bytes memory auth = authFor(terms, 3, volunteer, VOLUNTEER_KEY, block.timestamp + 60);
        vm.chainId(31338);
        bytes32 elsewhere = claimDigest(terms, 3, volunteer, block.timestamp + 60);
        vm.chainId(31337);
        assertTrue(elsewhere != claimDigest(terms, 3, volunteer, block.timestamp + 60), "another message");
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(VOLUNTEER_KEY, elsewhere);
        _refusesAuth(terms, abi.encode(block.timestamp + 60, bytes.concat(r, s, bytes1(v)), bytes("")));
        _sponsors(terms, auth);
    }

    function test_refuses_the_other_form_of_a_signature() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        uint256 expires = block.timestamp + 60;
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(VOLUNTEER_KEY, claimDigest(terms, 3, volunteer, expires));
        bytes32 high = bytes32(0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141 - uint256(s));
        _refusesAuth(terms, abi.encode(expires, bytes.concat(r, high, bytes1(v == 27 ? 28 : 27)), bytes("")));
    }

    function test_nobody_can_sign_for_the_zero_address() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        bytes memory auth = abi.encode(block.timestamp + 60, new bytes(65), bytes(""));
        vm.prank(sponsor);
        vm.expectRevert(IMarket.BadAuth.selector);
        market.claim(terms, 3, BOX_KEY, address(0), auth);
    }

    function test_refuses_every_form_of_auth_but_the_canonical_one() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        bytes memory auth = authFor(terms, 3, volunteer, VOLUNTEER_KEY, block.timestamp + 60);
        bytes memory shorter = new bytes(255);
        assembly {
            mcopy(add(shorter, 32), add(auth, 32), 255)
        }
        _refusesAuth(terms, shorter);
        _refusesAuth(terms, hex"00");
        _refusesAuth(terms, _with(auth, 32, 97));
        _refusesAuth(terms, _with(auth, 64, 225));
        _refusesAuth(terms, _with(auth, 96, 64));
        for (uint256 place = 193; place < 224; place++) {
            bytes memory padded = bytes.concat(auth);
            padded[place] = 0x01;
            _refusesAuth(terms, padded);
        }
        _refusesAuth(terms, _with(auth, 224, 1));
        _refusesAuth(terms, _with(auth, 224, type(uint256).max));
        _sponsors(terms, auth);
    }

    function test_what_follows_the_evidence_says_nothing() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        bytes memory auth = authFor(terms, 3, volunteer, VOLUNTEER_KEY, block.timestamp + 60, "presentation");
        _sponsors(terms, bytes.concat(auth, "more"));
    }

    function test_an_expiry_beyond_its_type_is_refused_even_when_signed() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        _refusesAuth(terms, authFor(terms, 3, volunteer, VOLUNTEER_KEY, uint256(type(uint40).max) + 1));
        _sponsors(terms, authFor(terms, 3, volunteer, VOLUNTEER_KEY, type(uint40).max));
    }

    function _with(bytes memory auth, uint256 offset, uint256 word) private pure returns (bytes memory changed) {
        changed = bytes.concat(auth);
        assembly {
            mstore(add(add(changed, 32), offset), word)
        }
    }

    // Settling

    function test_delivery_pays_the_claimant_whoever_sends_it() external {
        Terms memory terms = termsOf(UNITS);
        terms.ownerPrice = uint128(OWNER_PRICE);
        bytes32 task = post(terms);
        claim(terms, 3, volunteer);
        bytes memory evidence = evidenceFor(terms, 3, volunteer);
        vm.expectEmit(address(market));
        emit Settled(task, 3, volunteer, PRICE, valuesOf(3));
        vm.prank(stranger);
        market.settle(terms, 3, valuesOf(3), pathOf(UNITS, 3), evidence);
        assertEq(token.balanceOf(volunteer), PRICE, "claimant");
        assertEq(token.balanceOf(owner), OWNER_PRICE, "owner");
        assertEq(token.balanceOf(stranger), 0, "sender");
        assertEq(token.balanceOf(address(market)), (UNITS - 1) * (PRICE + OWNER_PRICE), "escrow");
    }

    /// forge-config: default.fuzz.runs = 24
    function test_every_unit_of_a_task_of_any_size_can_be_delivered(uint32 units) external {
        units = uint32(bound(units, 1, 20));
        Terms memory terms = termsOf(units);
        post(terms);
        for (uint32 unit = 0; unit < units; unit++) {
            claim(terms, unit, volunteer);
            settle(terms, unit, volunteer);
        }
        assertEq(token.balanceOf(volunteer), units * PRICE, "paid");
        assertEq(token.balanceOf(address(market)), 0, "escrow");
        vm.warp(terms.closes + 1);
        market.refund(terms);
    }

    function _refusesDelivery(Terms memory terms, uint32 unit, address claimant, bytes memory why) private {
        bytes memory evidence = evidenceFor(terms, unit, claimant);
        vm.expectRevert(why);
        market.settle(terms, unit, valuesOf(unit), pathOf(terms.units, unit), evidence);
    }

    function test_refuses_delivery_for_what_was_not_posted_or_is_closed() external {
        Terms memory terms = termsOf(UNITS);
        bytes memory why = abi.encodeWithSelector(IMarket.UnknownTask.selector);
        _refusesDelivery(terms, 3, volunteer, why);
        post(terms);
        claim(terms, 3, volunteer);
        vm.warp(terms.closes + 1);
        market.refund(terms);
        vm.warp(terms.closes - 1 days + 60);
        _refusesDelivery(terms, 3, volunteer, why);
    }

    function test_refuses_delivery_without_a_live_claim() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        bytes memory why = abi.encodeWithSelector(IMarket.LeaseExpired.selector);
        _refusesDelivery(terms, 3, volunteer, why);
        claim(terms, 3, volunteer);
        vm.warp(block.timestamp + 601);
        _refusesDelivery(terms, 3, volunteer, why);
        vm.warp(block.timestamp - 1);
        settle(terms, 3, volunteer);
    }

    function test_a_unit_is_paid_once_also_for_the_malleated_twin_of_its_proof() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        claim(terms, 3, volunteer);
        bytes memory twin = malleate(evidenceFor(terms, 3, volunteer));
        market.settle(terms, 3, valuesOf(3), pathOf(UNITS, 3), twin);
        _refusesDelivery(terms, 3, volunteer, abi.encodeWithSelector(IMarket.AlreadySettled.selector));
        vm.expectRevert(IMarket.AlreadySettled.selector);
        market.settle(terms, 3, valuesOf(3), pathOf(UNITS, 3), twin);
        assertEq(token.balanceOf(volunteer), PRICE, "paid once");
    }

    function test_a_proof_pays_nobody_but_the_claimant_it_is_bound_to() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        claim(terms, 3, stranger);
        bytes memory evidence = evidenceFor(terms, 3, volunteer);
        vm.expectRevert(IRegistry.ProofRejected.selector);
        market.settle(terms, 3, valuesOf(3), pathOf(UNITS, 3), evidence);
    }

    function test_a_proof_for_another_task_or_unit_pays_nobody() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        Terms memory other = termsOf(UNITS);
        other.details = keccak256("other");
        claim(terms, 3, volunteer);
        bytes memory evidence = evidenceFor(other, 3, volunteer);
        vm.expectRevert(IRegistry.ProofRejected.selector);
        market.settle(terms, 3, valuesOf(3), pathOf(UNITS, 3), evidence);
        evidence = evidenceFor(terms, 4, volunteer);
        vm.expectRevert(IRegistry.ProofRejected.selector);
        market.settle(terms, 3, valuesOf(3), pathOf(UNITS, 3), evidence);
    }

    function test_refuses_another_units_input() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        claim(terms, 3, volunteer);
        bytes memory evidence = evidenceFor(terms, 3, volunteer);
        vm.expectRevert(IMarket.WrongInput.selector);
        market.settle(terms, 3, valuesOf(4), pathOf(UNITS, 3), evidence);
        vm.expectRevert(IMarket.WrongInput.selector);
        market.settle(terms, 3, valuesOf(3), pathOf(UNITS, 4), evidence);
        vm.expectRevert(IMarket.WrongInput.selector);
        market.settle(terms, 3, valuesOf(3), new bytes32[](0), evidence);
    }

    function test_refuses_a_delivery_without_values() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        claim(terms, 3, volunteer);
        vm.expectRevert(IMarket.WrongValueCount.selector);
        market.settle(terms, 3, new uint256[](0), pathOf(UNITS, 3), "");
        uint256[] memory one = new uint256[](1);
        one[0] = inputOf(3);
        bytes memory evidence = evidenceFor(terms, 3, volunteer);
        vm.expectRevert(IRegistry.WrongValueCount.selector);
        market.settle(terms, 3, one, pathOf(UNITS, 3), evidence);
    }

    function test_a_wrong_answer_pays_nobody_and_leaves_the_claim_alive() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        claim(terms, 3, volunteer);
        bytes memory evidence = evidenceFor(terms, 3, volunteer);
        uint256[] memory values = valuesOf(3);
        values[1] += 1;
        vm.expectRevert(IRegistry.ProofRejected.selector);
        market.settle(terms, 3, values, pathOf(UNITS, 3), evidence);
        values[1] = R;
        vm.expectRevert(IRegistry.InputTooLarge.selector);
        market.settle(terms, 3, values, pathOf(UNITS, 3), evidence);
        settle(terms, 3, volunteer);
    }

    // Refunds

    function test_what_was_not_earned_goes_back_after_closing() external {
        Terms memory terms = termsOf(UNITS);
        terms.ownerPrice = uint128(OWNER_PRICE);
        bytes32 task = post(terms);
        claim(terms, 3, volunteer);
        settle(terms, 3, volunteer);
        uint256 before = token.balanceOf(requester);
        vm.warp(terms.closes + 1);
        uint256 rest = (UNITS - 1) * (PRICE + OWNER_PRICE);
        vm.expectEmit(address(market));
        emit Refunded(task, rest);
        vm.prank(stranger);
        market.refund(terms);
        assertEq(token.balanceOf(requester) - before, rest, "refund");
        assertEq(token.balanceOf(address(market)), 0, "escrow");
    }

    function test_no_refund_before_closing_nor_twice_nor_of_what_was_not_posted() external {
        Terms memory terms = termsOf(UNITS);
        vm.expectRevert(IMarket.UnknownTask.selector);
        market.refund(terms);
        post(terms);
        vm.expectRevert(_until(terms.closes));
        market.refund(terms);
        vm.warp(terms.closes);
        vm.expectRevert(_until(terms.closes));
        market.refund(terms);
        vm.warp(terms.closes + 1);
        market.refund(terms);
        vm.expectRevert(IMarket.UnknownTask.selector);
        market.refund(terms);
    }
}
