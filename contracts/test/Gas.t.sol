// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Terms} from "../interfaces/IMarket.sol";
import {Claimed} from "./Forger.sol";
import {NotingGate} from "./Modules.sol";
import {World} from "./World.sol";

/// @title What each transaction costs, whole (21,000 and calldata included), written to contracts/snapshots/gas.json.
/// @dev Isolation makes every call from a test a transaction of its own, with everything cold.
/// forge-config: default.isolate = true
contract GasTest is World {
    function setUp() public override {
        super.setUp();
        // Zero bytes of calldata are cheap: whoever flatters these figures with round numbers promises too little.
        address[4] memory named = [requester, owner, volunteer, address(registry)];
        for (uint256 i = 0; i < 4; i++) {
            for (uint256 place = 0; place < 20; place++) {
                assertTrue(uint8(bytes20(named[i])[place]) != 0, "an address without zero bytes");
            }
        }
    }

    function _measure(string memory name, uint256 limit) private {
        assertLe(vm.snapshotGasLastCall("gas", name), limit, name);
    }

    function test_check() external {
        Claimed memory about =
            Claimed(stranger, keccak256("request"), 3, volunteer, circuit, DIGEST, valuesOf(3));
        bytes memory evidence = forge(development, about);
        bytes memory call = abi.encodeCall(registry.check, (circuit, about.subject, 3, volunteer, about.values, evidence));
        // A view function is called statically; as a transaction it is called like any other.
        vm.prank(stranger);
        (bool held,) = address(registry).call(call);
        assertTrue(held, "held");
        _measure("check", 240_000);
    }

    function test_post() external {
        Terms memory terms = termsOf(UNITS);
        vm.prank(requester);
        market.post(terms);
        _measure("post, first escrow of the market", 100_000);
        terms.details = keccak256("another");
        vm.prank(requester);
        market.post(terms);
        _measure("post", 100_000);
    }

    function test_post_with_an_owner_to_pay() external {
        Terms memory terms = termsOf(UNITS);
        terms.ownerPrice = uint128(OWNER_PRICE);
        vm.prank(requester);
        market.post(terms);
        _measure("post, first escrow of the market, with an owner to pay", 100_000);
    }

    function test_claim() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        vm.prank(volunteer);
        market.claim(terms, 3, BOX_KEY, volunteer, "");
        _measure("claim, direct", 57_000);
        bytes memory auth = authFor(terms, 5, volunteer, VOLUNTEER_KEY, block.timestamp + 300);
        vm.prank(sponsor);
        market.claim(terms, 5, BOX_KEY, volunteer, auth);
        _measure("claim, sponsored", 63_000);
    }

    function test_settle() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        for (uint32 unit = 3; unit < 6; unit++) {
            claim(terms, unit, volunteer);
        }
        _settle(terms, 3);
        _measure("settle, first payment to an account", 303_000);
        _settle(terms, 4);
        _measure("settle", 285_000);
    }

    function test_settle_with_the_owner_paid() external {
        Terms memory terms = termsOf(UNITS);
        terms.ownerPrice = uint128(OWNER_PRICE);
        post(terms);
        claim(terms, 3, volunteer);
        claim(terms, 4, volunteer);
        _settle(terms, 3);
        // Two accounts without coins, each a fresh slot. Nobody is promised a limit for it: the owner's coins are extra.
        vm.snapshotGasLastCall("gas", "settle, first payment to an account and to the owner");
        _settle(terms, 4);
        _measure("settle, with the owner paid", 300_000);
    }

    function test_register() external {
        registry.register(partsOf(ordinary.key, 2, 0), ordinary.key);
        _measure("register", 600_000);
    }

    function test_refund() external {
        Terms memory terms = termsOf(UNITS);
        post(terms);
        vm.warp(terms.closes + 1);
        market.refund(terms);
        _measure("refund", 90_000);
    }

    /// @dev The most that a transaction of the market can cost: the largest gated task, every unit lapsed, a gate that burns all
    /// it is given. EIP-7825 refuses a transaction of more than 2^24 gas; four fifths of that leave room for other prices.
    function test_refund_of_the_largest_gated_task() external {
        NotingGate gate = new NotingGate();
        market.allow(address(gate), true);
        Terms memory terms = termsOf(200);
        terms.gate = address(gate);
        post(terms);
        for (uint32 unit = 0; unit < terms.units; unit++) {
            claim(terms, unit, volunteer);
        }
        gate.be(NotingGate.Mood.Burning);
        vm.warp(terms.closes + 1);
        market.refund(terms);
        _measure("refund, 200 lapsed claims and a gate that burns its gas", 13_400_000);
    }

    function _settle(Terms memory terms, uint32 unit) private {
        bytes memory evidence = evidenceFor(terms, unit, volunteer);
        uint256[] memory values = valuesOf(unit);
        bytes32[] memory path = pathOf(UNITS, unit);
        assertEq(path.length, 3, "path");
        vm.prank(sponsor);
        market.settle(terms, unit, values, path, evidence);
    }
}
