// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IMarket, Terms} from "../interfaces/IMarket.sol";
import {IRegistry} from "../interfaces/IRegistry.sol";
import {Claimed} from "./Forger.sol";
import {MarketHandler} from "./MarketHandler.sol";

/// @title People who try, on the same market, what must never succeed.
/// @dev A try counts as done only where nothing but the check it is about stands in its way, and that check refuses it.
contract MarketRogues is MarketHandler {
    uint256 private constant OTHER_CHAIN = 31338;

    /// Another market over the same token and registry, whose proofs and signatures are good there.
    IMarket private _elsewhere;
    /// Refusals with another reason than the one that had to be given.
    uint256 public misjudged;

    function open() public override {
        super.open();
        _elsewhere = IMarket(vm.deployCode("Market.sol:Market", abi.encode(token, registry)));
    }

    /// @dev A copied proof, a changed answer, another unit's proof, a value wrapped around r: whatever it is, nobody is paid.
    function cheats(uint256 which, uint32 unit, uint256 how) external {
        (which, unit) = _pick(which, unit, Sought.Live);
        Terms memory terms = _tasks[which];
        if (!_is(which, unit, Sought.Live) || terms.judge != address(registry)) return;
        address claimant = _claimant(terms, unit);
        uint256[] memory values = valuesOf(unit);
        bytes memory evidence;
        how %= 4;
        if (how == 0) {
            evidence = evidenceFor(terms, unit, address(uint160(claimant) ^ 1));
        } else if (how == 1) {
            evidence = evidenceFor(terms, unit, claimant);
            values[1] ^= 1;
        } else if (how == 2) {
            evidence = evidenceFor(terms, (unit + 1) % TASK_UNITS, claimant);
        } else {
            evidence = evidenceFor(terms, unit, claimant);
            values[1] += R;
        }
        _delivers(terms, unit, values, evidence, how == 3 ? IRegistry.InputTooLarge.selector : IRegistry.ProofRejected.selector);
        done["cheat"]++;
    }

    /// @dev A proof that holds for this unit in another task, on another market or on another chain, all else being equal.
    function replays(uint256 which, uint32 unit, uint256 where) external {
        (which, unit) = _pick(which, unit, Sought.Live);
        Terms memory terms = _tasks[which];
        if (!_is(which, unit, Sought.Live) || terms.judge != address(registry)) return;
        address claimant = _claimant(terms, unit);
        Claimed memory about = statementOf(terms, unit, claimant);
        where %= 3;
        if (where == 0) about.subject = market.taskOf(_another(which));
        if (where == 1) about.verifier = address(_elsewhere);
        if (where == 2) vm.chainId(OTHER_CHAIN);
        bytes memory evidence = forge(development, about);
        vm.chainId(31337);
        _delivers(terms, unit, about.values, evidence, IRegistry.ProofRejected.selector);
        done[[bytes32("replay: task"), "replay: market", "replay: chain"][where]]++;
    }

    /// @dev A claim that was signed for another task, another market or another chain.
    function replaysClaims(uint256 which, uint32 unit, uint256 who, uint256 where) external {
        (which, unit) = _pick(which, unit, Sought.Free);
        if (!_is(which, unit, Sought.Free)) return;
        Terms memory terms = _tasks[which];
        uint256 key = FIRST_KEY + (who % 3);
        bytes memory auth = _signedElsewhere(terms, unit, key, where % 3, _another(which));
        vm.prank(sponsor);
        try market.claim(terms, unit, BOX_KEY, vm.addr(key), auth) {
            cheated++;
        } catch (bytes memory why) {
            if (bytes4(why) != IMarket.BadAuth.selector) misjudged++;
        }
        done[[bytes32("claim again: task"), "claim again: market", "claim again: chain"][where % 3]]++;
    }

    /// @dev Someone who is not the judge rules, while only the judge may.
    function meddles(uint256 which, uint32 unit, bool accepted) external {
        (which, unit) = _pick(which, unit, Sought.Pending);
        if (!_is(which, unit, Sought.Pending)) return;
        bytes32 task = market.taskOf(_tasks[which]);
        vm.prank(stranger);
        try market.resolve(task, unit, accepted) {
            cheated++;
        } catch (bytes memory why) {
            if (bytes4(why) != IMarket.ModuleNotAllowed.selector) misjudged++;
        }
        done["meddle"]++;
    }

    /// @dev Terms that would take another's coins, or leave some of them in the market for ever.
    function misposts(uint256 who, bool inAnothersName) external {
        Terms memory terms = termsOf(TASK_UNITS);
        terms.requester = requesters[who % 2];
        terms.ownerPrice = uint128(OWNER_PRICE);
        terms.details = keccak256("misposted");
        if (!inAnothersName) terms.owner = address(market);
        vm.prank(inAnothersName ? stranger : terms.requester);
        try market.post(terms) {
            cheated++;
        } catch (bytes memory why) {
            if (bytes4(why) != IMarket.BadTerms.selector) misjudged++;
        }
        done["mispost"]++;
    }

    function _delivers(Terms memory terms, uint32 unit, uint256[] memory values, bytes memory evidence, bytes4 reason) private {
        try market.settle(terms, unit, values, pathOf(TASK_UNITS, unit), evidence) {
            cheated++;
        } catch (bytes memory why) {
            if (bytes4(why) != reason) misjudged++;
        }
    }

    function _signedElsewhere(Terms memory terms, uint32 unit, uint256 key, uint256 where, Terms memory other)
        private
        returns (bytes memory auth)
    {
        IMarket here = market;
        if (where == 0) terms = other;
        if (where == 1) market = _elsewhere;
        if (where == 2) vm.chainId(OTHER_CHAIN);
        auth = authFor(terms, unit, vm.addr(key), key, block.timestamp + 60);
        market = here;
        vm.chainId(31337);
    }

    function _another(uint256 which) private view returns (Terms memory) {
        return _tasks[(which + 1) % _tasks.length];
    }
}
