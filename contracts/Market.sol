// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {IGate} from "./interfaces/IGate.sol";
import {IJudge} from "./interfaces/IJudge.sol";
import {IMarket, TaskStatus, Terms, UnitStatus} from "./interfaces/IMarket.sol";
import {IRegistry} from "./interfaces/IRegistry.sol";
import {TaskId} from "./TaskId.sol";

/// @title Escrow, units and payment: one storage slot a task, one a claimed unit.
/// @dev State is written before any call to another contract, so a judge, gate or token that calls back finds the unit
/// already moved on.
contract Market is IMarket, EIP712, Ownable2Step {
    using SafeERC20 for IERC20;

    struct Task {
        TaskStatus status;
        uint32 settled;
        uint32 pending;
    }

    struct Unit {
        address claimant;
        uint40 until;
        UnitStatus status;
    }

    /// What a verdict needs of the terms, kept from a task's first Pending unit on.
    struct Payment {
        address judge;
        address gate;
        address owner;
        uint128 price;
        uint128 ownerPrice;
    }

    uint256 private constant MAX_LEASE = 10 minutes;
    /// The longest that a judge can keep an escrow past `closes`.
    uint256 private constant MAX_JUDGEMENT = 30 days;
    /// A refund tells the gate of every lapsed claim in one transaction, at 63,000 gas each where the gate burns all it is given:
    /// 12.7 million, a fourth below the 2^24 (16.8 million) that EIP-7825 allows a transaction, in case prices change.
    uint256 private constant MAX_GATED_UNITS = 200;
    uint256 private constant GATE_GAS = 60_000;
    bytes32 private constant CLAIM_TYPE =
        keccak256("Claim(bytes32 task,uint32 unit,bytes32 boxKey,address claimant,uint40 expires)");

    IERC20 public immutable token;
    IRegistry public immutable registry;
    mapping(address module => bool) private _allowed;
    mapping(bytes32 task => Task) public tasks;
    mapping(bytes32 task => mapping(uint32 unit => Unit)) public units;
    mapping(bytes32 task => Payment) private _payments;
    mapping(bytes32 task => mapping(uint32 unit => uint256[])) private _pendingValues;

    constructor(IERC20 token_, IRegistry registry_) EIP712("Prooftab", "1") Ownable(msg.sender) {
        token = token_;
        registry = registry_;
    }

    function allow(address module, bool allowed) external onlyOwner {
        _allowed[module] = allowed;
        emit ModuleAllowed(module, allowed);
    }

    function isAllowed(address module) public view returns (bool) {
        return module == address(registry) || _allowed[module];
    }

    function taskOf(Terms calldata terms) public view returns (bytes32 task) {
        return TaskId.idOf(terms);
    }

    function post(Terms calldata terms) external returns (bytes32 task) {
        if (terms.requester != msg.sender) revert BadTerms();
        if (terms.units == 0) revert BadTerms();
        if (terms.closes <= block.timestamp) revert BadTerms();
        if (terms.lease == 0) revert BadTerms();
        if (terms.lease > MAX_LEASE) revert BadTerms();
        if (terms.tariff != 0) revert BadTerms();
        // Paying the zero address fails in the token, which would block every unit of the task.
        if (terms.ownerPrice != 0 && terms.owner == address(0)) revert BadTerms();
        // Paying the market itself would leave the coins here, owed to nobody. As requester or claimant it cannot be named: it
        // signs nothing, and none of its own calls is a post or a claim.
        if (terms.owner == address(this)) revert BadTerms();
        if (!isAllowed(terms.judge)) revert ModuleNotAllowed(terms.judge);
        if (terms.gate != address(0)) {
            if (!isAllowed(terms.gate)) revert ModuleNotAllowed(terms.gate);
            if (terms.units > MAX_GATED_UNITS) revert BadTerms();
        }
        if (!registry.isRegistered(terms.circuit)) revert UnknownCircuit();
        task = taskOf(terms);
        if (tasks[task].status != TaskStatus.Unknown) revert BadTerms();

        tasks[task].status = TaskStatus.Posted;
        emit Posted(task, terms);
        token.safeTransferFrom(msg.sender, address(this), _unitCost(terms) * terms.units);
    }

    function claim(Terms calldata terms, uint32 unit, bytes32 boxKey, address claimant, bytes calldata auth) external {
        bytes32 task = taskOf(terms);
        Task memory posted = tasks[task];
        if (posted.status != TaskStatus.Posted) revert UnknownTask();
        if (unit >= terms.units) revert UnknownTask();
        Unit storage slot = units[task][unit];
        Unit memory before = slot;
        if (before.status == UnitStatus.Settled) revert AlreadySettled();
        if (block.timestamp <= before.until) revert NotOpen(before.until);
        uint256 until = block.timestamp + terms.lease;
        if (until > terms.closes) revert NotOpen(terms.closes);
        bytes calldata gateEvidence = _authorise(task, unit, boxKey, claimant, auth);

        if (before.status == UnitStatus.Pending) _dropPending(task, unit, posted);
        (slot.claimant, slot.until, slot.status) = (claimant, uint40(until), UnitStatus.Claimable);
        emit Claimed(task, unit, claimant, uint40(until), boxKey);
        if (terms.gate != address(0)) {
            if (before.until != 0) _tellEnd(terms.gate, task, unit, false);
            IGate(terms.gate).onClaim(task, unit, claimant, gateEvidence);
        }
    }

    function settle(
        Terms calldata terms,
        uint32 unit,
        uint256[] calldata values,
        bytes32[] calldata path,
        bytes calldata evidence
    ) external {
        bytes32 task = taskOf(terms);
        Task memory posted = tasks[task];
        if (posted.status != TaskStatus.Posted) revert UnknownTask();
        Unit memory held = units[task][unit];
        if (held.status == UnitStatus.Settled) revert AlreadySettled();
        if (held.status == UnitStatus.Pending) revert NotOpen(held.until);
        if (block.timestamp > held.until) revert LeaseExpired();
        if (values.length == 0) revert WrongValueCount();
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(unit, values[0]))));
        if (!MerkleProof.verifyCalldata(path, terms.inputs, leaf)) revert WrongInput();

        units[task][unit].status = UnitStatus.Settled;
        tasks[task].settled = posted.settled + 1;
        uint40 deadline = IJudge(terms.judge).judge(task, unit, held.claimant, terms.circuit, values, evidence);
        if (deadline != 0) {
            _wait(terms, task, unit, values, deadline);
        } else {
            emit Settled(task, unit, held.claimant, terms.price, values);
            _pay(held.claimant, terms.price, terms.owner, terms.ownerPrice);
            if (terms.gate != address(0)) _tellEnd(terms.gate, task, unit, true);
        }
    }

    function resolve(bytes32 task, uint32 unit, bool accepted) external {
        Unit memory held = units[task][unit];
        if (held.status != UnitStatus.Pending) revert NotPending();
        Payment memory payment = _payments[task];
        bool late = block.timestamp > held.until;
        if (!late && msg.sender != payment.judge) revert ModuleNotAllowed(msg.sender);
        if (late && accepted) revert LeaseExpired();

        uint256[] memory values = _pendingValues[task][unit];
        _dropPending(task, unit, tasks[task]);
        if (accepted) {
            units[task][unit].status = UnitStatus.Settled;
            tasks[task].settled += 1;
            emit Settled(task, unit, held.claimant, payment.price, values);
            _pay(held.claimant, payment.price, payment.owner, payment.ownerPrice);
        } else {
            delete units[task][unit];
        }
        if (payment.gate != address(0)) _tellEnd(payment.gate, task, unit, accepted);
    }

    function refund(Terms calldata terms) external {
        bytes32 task = taskOf(terms);
        Task memory posted = tasks[task];
        if (posted.status != TaskStatus.Posted) revert UnknownTask();
        if (block.timestamp <= terms.closes) revert NotOpen(terms.closes);
        if (posted.pending != 0) revert NotOpen(terms.closes);

        tasks[task].status = TaskStatus.Closed;
        uint256 amount = _unitCost(terms) * (terms.units - posted.settled);
        emit Refunded(task, amount);
        token.safeTransfer(terms.requester, amount);
        if (terms.gate != address(0)) _tellLapsed(terms.gate, task, terms.units);
    }

    function _unitCost(Terms calldata terms) private pure returns (uint256) {
        return uint256(terms.price) + terms.ownerPrice;
    }

    /// @dev Takes the words of `auth` up to the evidence in the one form that a canonical encoder gives them: expires, 96, offset
    /// of the gate's evidence (224), 65, three words of signature, length of the evidence. What follows the evidence (an
    /// encoder pads it) is not read: nobody signed it, nobody is told of it, and whoever adds bytes pays for them.
    function _authorise(bytes32 task, uint32 unit, bytes32 boxKey, address claimant, bytes calldata auth)
        private
        view
        returns (bytes calldata gateEvidence)
    {
        gateEvidence = auth[auth.length:];
        if (auth.length == 0) {
            if (msg.sender != claimant) revert BadAuth();
            return gateEvidence;
        }
        if (auth.length < 256) revert BadAuth();
        (uint256 expires, uint256 signatureAt, uint256 evidenceAt, uint256 signed, bytes32 r, bytes32 s, bytes32 v, uint256 length) =
            abi.decode(auth, (uint256, uint256, uint256, uint256, bytes32, bytes32, bytes32, uint256));
        if (expires > type(uint40).max) revert BadAuth();
        if (expires < block.timestamp) revert BadAuth();
        if (signatureAt != 96) revert BadAuth();
        if (evidenceAt != 224) revert BadAuth();
        if (signed != 65) revert BadAuth();
        if (v << 8 != 0) revert BadAuth();
        if (length > auth.length - 256) revert BadAuth();
        bytes32 claimed = _hashTypedDataV4(keccak256(abi.encode(CLAIM_TYPE, task, unit, boxKey, claimant, expires)));
        (address signer,,) = ECDSA.tryRecover(claimed, uint8(v[0]), r, s);
        if (signer != claimant) revert BadAuth();
        if (signer == address(0)) revert BadAuth();
        return auth[256:256 + length];
    }

    /// @dev The judge asked for time: takes back the settlement that was noted before asking it.
    function _wait(Terms calldata terms, bytes32 task, uint32 unit, uint256[] calldata values, uint40 deadline) private {
        if (deadline <= block.timestamp) revert ModuleNotAllowed(terms.judge);
        if (deadline > block.timestamp + MAX_JUDGEMENT) revert ModuleNotAllowed(terms.judge);
        Unit storage waiting = units[task][unit];
        waiting.status = UnitStatus.Pending;
        waiting.until = deadline;
        tasks[task].settled -= 1;
        tasks[task].pending += 1;
        _payments[task] = Payment(terms.judge, terms.gate, terms.owner, terms.price, terms.ownerPrice);
        _pendingValues[task][unit] = values;
        emit Pending(task, unit, deadline);
    }

    function _dropPending(bytes32 task, uint32 unit, Task memory posted) private {
        tasks[task].pending = posted.pending - 1;
        delete _pendingValues[task][unit];
        emit Pending(task, unit, 0);
    }

    function _pay(address claimant, uint128 price, address owner, uint128 ownerPrice) private {
        token.safeTransfer(claimant, price);
        if (ownerPrice != 0) token.safeTransfer(owner, ownerPrice);
    }

    function _tellLapsed(address gate, bytes32 task, uint32 count) private {
        for (uint32 unit = 0; unit < count; unit++) {
            Unit memory held = units[task][unit];
            if (held.status == UnitStatus.Claimable && held.until != 0) _tellEnd(gate, task, unit, false);
        }
    }

    /// @dev The gate gets its gas in full or the transaction reverts, so nobody can make it miss a call by sending too
    /// little; what it does with it, or returns, is not looked at.
    function _tellEnd(address gate, bytes32 task, uint32 unit, bool settled) private {
        bytes memory told = abi.encodeCall(IGate.onEnd, (task, unit, settled));
        // 2,600 for a cold account, 64/63 because a call keeps one part in 64 back.
        if (gasleft() < (GATE_GAS * 64) / 63 + 5_000) revert NotEnoughGas();
        assembly ("memory-safe") {
            pop(call(GATE_GAS, gate, 0, add(told, 32), mload(told), 0, 0))
        }
    }
}
