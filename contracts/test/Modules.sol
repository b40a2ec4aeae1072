// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IGate} from "../interfaces/IGate.sol";
import {IJudge} from "../interfaces/IJudge.sol";
import {IMarket} from "../interfaces/IMarket.sol";

/// @dev A judge that takes as long as it is told to, and rules when asked.
contract SlowJudge is IJudge {
    uint40 public delay = 1 hours;
    error Refused();

    function wait(uint40 seconds_) external {
        delay = seconds_;
    }

    function judge(bytes32, uint32, address, bytes32, uint256[] calldata, bytes calldata evidence)
        external
        view
        returns (uint40)
    {
        if (evidence.length == 0) revert Refused();
        if (delay == 0) return 0;
        return uint40(block.timestamp) + delay;
    }

    function assurance() external pure returns (uint8) {
        return 2;
    }

    function rule(IMarket market, bytes32 task, uint32 unit, bool accepted) external {
        market.resolve(task, unit, accepted);
    }
}

/// @dev A judge that answers with an absolute time.
contract StuckJudge is IJudge {
    uint40 private immutable _answer;

    constructor(uint40 answer) {
        _answer = answer;
    }

    function judge(bytes32, uint32, address, bytes32, uint256[] calldata, bytes calldata)
        external
        view
        returns (uint40)
    {
        return _answer;
    }

    function assurance() external pure returns (uint8) {
        return 4;
    }
}

/// @dev A judge that tries to be paid twice: it calls back into the market while the market asks it.
contract GreedyJudge is IJudge {
    IMarket private immutable _market;
    bytes private _call;
    bytes4 public refusal;

    constructor(IMarket market) {
        _market = market;
    }

    function prepare(bytes calldata call) external {
        _call = call;
    }

    function judge(bytes32, uint32, address, bytes32, uint256[] calldata, bytes calldata) external returns (uint40) {
        (bool ok, bytes memory why) = address(_market).call(_call);
        if (!ok) refusal = bytes4(why);
        return 0;
    }

    function assurance() external pure returns (uint8) {
        return 1;
    }
}

/// @dev A gate that notes what it is told, and misbehaves in `onEnd` as it is told.
contract NotingGate is IGate {
    enum Mood {
        Calm,
        Reverting,
        Burning,
        Bombing
    }

    struct Call {
        bytes32 task;
        uint32 unit;
        address claimant;
        bytes evidence;
    }

    Mood private _mood;
    address public refused;
    Call[] public claims;
    uint256 public ended;
    bool public lastSettled;
    uint32 public lastUnit;
    error NotAdmitted(address claimant);

    function be(Mood mood) external {
        _mood = mood;
    }

    function refuse(address claimant) external {
        refused = claimant;
    }

    function onClaim(bytes32 task, uint32 unit, address claimant, bytes calldata auth) external {
        if (claimant == refused) revert NotAdmitted(claimant);
        claims.push(Call(task, unit, claimant, auth));
    }

    function onEnd(bytes32, uint32 unit, bool settled) external {
        if (_mood == Mood.Reverting) revert NotAdmitted(address(0));
        while (_mood == Mood.Burning) {}
        if (_mood == Mood.Bombing) {
            assembly {
                revert(0, 1000000)
            }
        }
        ended++;
        lastSettled = settled;
        lastUnit = unit;
    }

    function claimCount() external view returns (uint256) {
        return claims.length;
    }
}
