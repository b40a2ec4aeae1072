// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Terms, UnitStatus} from "../interfaces/IMarket.sol";
import {NotingGate, SlowJudge} from "./Modules.sol";
import {World} from "./World.sol";

/// @title Several people using one market, within what each could do: two requesters, three claimants, a sponsor,
/// couriers who deliver for others, a slow judge, a gate in a bad mood, and time that passes.
/// @dev Every action either succeeds and is noted in the ghosts, or is one that must fail and is checked to.
contract MarketHandler is World {
    uint256 private constant MAX_TASKS = 8;
    uint32 internal constant TASK_UNITS = 3;
    uint256 internal constant FIRST_KEY = 0xC1A1;

    /// What an action looks for among the units.
    enum Sought {
        Free,
        Live,
        Pending
    }

    SlowJudge public judge;
    NotingGate public gate;
    address[2] public requesters = [someone("first requester"), someone("second requester")];
    address[3] public claimants;
    Terms[] internal _tasks;

    // Ghosts: what the books must say.
    mapping(uint256 task => bool) private _refunded;
    mapping(uint256 task => mapping(uint32 unit => uint256)) public timesSettled;
    mapping(address claimant => uint256) public earned;
    mapping(address requester => uint256) public spent;
    uint256 public ownerEarned;
    /// What the market owes: escrow of units neither settled nor refunded.
    uint256 public owed;
    /// Coins that someone sent the market without a task: they are nobody's.
    uint256 public given;
    /// What must fail and was accepted.
    uint256 public cheated;
    /// Refunds that were refused after closing and after every judge's time.
    uint256 public stuck;
    mapping(bytes32 action => uint256) public done;

    function setUp() public override {}

    function open() public virtual {
        super.setUp();
        judge = new SlowJudge();
        gate = new NotingGate();
        market.allow(address(judge), true);
        market.allow(address(gate), true);
        for (uint256 i = 0; i < 3; i++) {
            claimants[i] = vm.addr(FIRST_KEY + i);
        }
        for (uint256 i = 0; i < 2; i++) {
            fund(requesters[i], 1e24);
        }
    }

    function books() external view returns (uint256 held, uint256 supply, uint256 accountedFor) {
        held = token.balanceOf(address(market));
        supply = token.totalSupply();
        accountedFor = held + token.balanceOf(owner) + token.balanceOf(address(this)) + token.balanceOf(requester);
        for (uint256 i = 0; i < 3; i++) {
            accountedFor += token.balanceOf(claimants[i]);
        }
        for (uint256 i = 0; i < 2; i++) {
            accountedFor += token.balanceOf(requesters[i]);
        }
    }

    function balanceOf(address account) external view returns (uint256) {
        return token.balanceOf(account);
    }

    function ownerHolds() external view returns (uint256) {
        return token.balanceOf(owner);
    }

    function taskCount() external view returns (uint256) {
        return _tasks.length;
    }

    // What people do

    function posts(uint256 who, uint256 kind) external {
        if (_tasks.length == MAX_TASKS) return;
        Terms memory terms = termsOf(TASK_UNITS);
        terms.requester = requesters[who % 2];
        terms.ownerPrice = kind % 2 == 0 ? 0 : uint128(OWNER_PRICE);
        terms.judge = kind % 3 == 0 ? address(judge) : address(registry);
        terms.gate = kind % 5 == 0 ? address(gate) : address(0);
        terms.closes = uint40(block.timestamp + 600 + (kind % 4000));
        terms.details = keccak256(abi.encode(_tasks.length));
        post(terms);
        _tasks.push(terms);
        uint256 escrow = TASK_UNITS * _cost(terms);
        spent[terms.requester] += escrow;
        owed += escrow;
        done["post"]++;
    }

    function claims(uint256 which, uint32 unit, uint256 who, bool sponsored) external {
        (which, unit) = _pick(which, unit, Sought.Free);
        Terms memory terms = _tasks[which];
        uint256 key = FIRST_KEY + (who % 3);
        address claimant = vm.addr(key);
        bytes memory auth;
        if (sponsored) auth = authFor(terms, unit, claimant, key, block.timestamp + 60);
        bool free = _is(which, unit, Sought.Free);
        vm.prank(sponsored ? sponsor : claimant);
        try market.claim(terms, unit, BOX_KEY, claimant, auth) {
            if (!free) cheated++;
            done["claim"]++;
        } catch {
            if (free) stuck++;
        }
    }

    function delivers(uint256 which, uint32 unit, bool twin) external {
        (which, unit) = _pick(which, unit, Sought.Live);
        Terms memory terms = _tasks[which];
        bool live = _is(which, unit, Sought.Live);
        address claimant = _claimant(terms, unit);
        bytes memory evidence = evidenceFor(terms, unit, claimant);
        if (twin) evidence = malleate(evidence);
        try market.settle(terms, unit, valuesOf(unit), pathOf(TASK_UNITS, unit), evidence) {
            if (!live) cheated++;
            (,, UnitStatus status) = market.units(market.taskOf(terms), unit);
            if (status == UnitStatus.Settled) _noteSettled(which, unit, claimant);
            done[status == UnitStatus.Settled ? bytes32("settle") : bytes32("pend")]++;
        } catch {
            if (live) stuck++;
        }
    }

    function rules(uint256 which, uint32 unit, bool accepted) external {
        (which, unit) = _pick(which, unit, Sought.Pending);
        bytes32 task = market.taskOf(_tasks[which]);
        (address claimant, uint40 until, UnitStatus status) = market.units(task, unit);
        bool may = status == UnitStatus.Pending && (until >= block.timestamp || !accepted);
        try judge.rule(market, task, unit, accepted) {
            if (!may) cheated++;
            if (accepted) _noteSettled(which, unit, claimant);
            done["rule"]++;
        } catch {
            if (may) stuck++;
        }
    }

    function refunds(uint256 which) external {
        _refund(which % _tasks.length);
    }

    function gives(uint256 amount) external {
        amount = bound(amount, 1, PRICE);
        token.transfer(address(market), amount);
        given += amount;
        done["give"]++;
    }

    function waits(uint256 seconds_) external {
        // Most waits are shorter than leases are long; one in eight sees tasks close.
        vm.warp(block.timestamp + bound(seconds_, 1, 900) * (seconds_ % 8 == 0 ? 5 : 1));
        done["wait"]++;
    }

    function moods(uint8 mood) external {
        gate.be(NotingGate.Mood(mood % 4));
    }

    /// @dev Everyone but a stranger vanishes: after the last closing and the last judge's time, all escrow leaves.
    function everyoneVanishes() external {
        vm.warp(block.timestamp + 4600 + 30 days + 1);
        for (uint256 which = 0; which < _tasks.length; which++) {
            bytes32 task = market.taskOf(_tasks[which]);
            for (uint32 unit = 0; unit < TASK_UNITS; unit++) {
                (,, UnitStatus status) = market.units(task, unit);
                vm.prank(stranger);
                if (status == UnitStatus.Pending) market.resolve(task, unit, false);
            }
            if (!_refunded[which]) _refund(which);
        }
    }

    function _refund(uint256 which) private {
        Terms memory terms = _tasks[which];
        (,, uint32 pending) = market.tasks(market.taskOf(terms));
        bool due = block.timestamp > terms.closes && !_refunded[which] && pending == 0;
        uint256 before = token.balanceOf(terms.requester);
        vm.prank(stranger);
        try market.refund(terms) {
            if (!due) cheated++;
            _refunded[which] = true;
            uint256 back = token.balanceOf(terms.requester) - before;
            uint256 unsettled = 0;
            for (uint32 unit = 0; unit < TASK_UNITS; unit++) {
                if (timesSettled[which][unit] == 0) unsettled += _cost(terms);
            }
            if (back != unsettled) cheated++;
            spent[terms.requester] -= unsettled;
            owed -= unsettled;
            done["refund"]++;
        } catch {
            if (due) stuck++;
        }
    }

    /// @dev The unit that was asked for; and three times in four, if it is not what is sought, the next one that is: actions
    /// on any unit at all would mostly find it in some other state.
    function _pick(uint256 which, uint32 unit, Sought what) internal view returns (uint256, uint32) {
        bool seeks = which % 4 != 0;
        (which, unit) = (which % _tasks.length, unit % TASK_UNITS);
        for (uint256 i = 0; seeks && i < _tasks.length * TASK_UNITS; i++) {
            if (_is(which, unit, what)) return (which, unit);
            unit = (unit + 1) % TASK_UNITS;
            if (unit == 0) which = (which + 1) % _tasks.length;
        }
        return (which, unit);
    }

    function _is(uint256 which, uint32 unit, Sought what) internal view returns (bool) {
        Terms memory terms = _tasks[which];
        (, uint40 until, UnitStatus status) = market.units(market.taskOf(terms), unit);
        bool inTime = block.timestamp <= until;
        if (what == Sought.Live) return inTime && status == UnitStatus.Claimable;
        if (what == Sought.Pending) return inTime && status == UnitStatus.Pending;
        return !inTime && timesSettled[which][unit] == 0 && block.timestamp + terms.lease <= terms.closes;
    }

    function _claimant(Terms memory terms, uint32 unit) internal view returns (address claimant) {
        (claimant,,) = market.units(market.taskOf(terms), unit);
    }

    function _noteSettled(uint256 which, uint32 unit, address claimant) private {
        Terms memory terms = _tasks[which];
        timesSettled[which][unit]++;
        earned[claimant] += terms.price;
        ownerEarned += terms.ownerPrice;
        owed -= _cost(terms);
    }

    function _cost(Terms memory terms) private pure returns (uint256) {
        return uint256(terms.price) + terms.ownerPrice;
    }
}
