// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {IMarket, Terms} from "../interfaces/IMarket.sol";
import {CircuitParts, IRegistry} from "../interfaces/IRegistry.sol";
import {Claimed, Forger} from "./Forger.sol";

interface IToken is IERC20Metadata, IERC20Permit, IVotes {}

/// @title A token, a registry and a market with one circuit, a requester with coins, and a volunteer without.
abstract contract World is Forger {
    /// Amounts, addresses, hashes and answers without zero bytes to spare: calldata costs what it costs in earnest.
    uint256 internal constant PRICE = 1_234_567_890_123_456_789;
    uint256 internal constant OWNER_PRICE = 12_345_678_901_234_567;
    uint256 internal constant DIGEST = uint256(keccak256("digest")) % R;
    uint256 internal constant VOLUNTEER_KEY = 0xA11CE;
    uint32 internal constant UNITS = 8;
    bytes32 internal constant BOX_KEY = keccak256("box key");

    IToken internal token;
    IRegistry internal registry;
    IMarket internal market;
    bytes32 internal circuit;
    address internal requester = someone("requester");
    address internal owner = someone("owner");
    address internal sponsor = someone("sponsor");
    address internal stranger = someone("stranger");
    address internal volunteer = vm.addr(VOLUNTEER_KEY);

    function someone(string memory name) internal pure returns (address) {
        return address(uint160(uint256(keccak256(bytes(name)))));
    }

    function setUp() public virtual {
        vm.chainId(31337);
        vm.warp(1_700_000_000);
        // Tests know the contracts by their interfaces alone, so a changed contract does not compile them again.
        token = IToken(vm.deployCode("Token.sol:Token"));
        registry = IRegistry(vm.deployCode("Registry.sol:Registry", abi.encode(developmentPoints)));
        market = IMarket(vm.deployCode("Market.sol:Market", abi.encode(token, registry)));
        market.allow(address(registry), true);
        circuit = registry.register(partsOf(development.key, 2, 1), development.key);
        fund(requester, 1e24);
    }

    function fund(address account, uint256 amount) internal {
        token.transfer(account, amount);
        vm.prank(account);
        token.approve(address(market), type(uint256).max);
    }

    function partsOf(bytes memory key, uint16 values, uint16 flags) internal pure returns (CircuitParts memory parts) {
        parts.system = 1;
        parts.kind = 1;
        parts.model = keccak256("model");
        parts.relation = keccak256("relation");
        parts.key = sha256(key);
        parts.values = values;
        parts.meter = [uint40(53_600), 436_000, 0, 3136, 40, 0];
        parts.flags = flags;
    }

    function termsOf(uint32 units) internal view returns (Terms memory terms) {
        terms.requester = requester;
        terms.circuit = circuit;
        terms.inputs = rootOf(units);
        terms.units = units;
        terms.price = uint128(PRICE);
        terms.owner = owner;
        terms.judge = address(registry);
        terms.closes = uint40(block.timestamp + 1 days);
        terms.lease = 600;
        terms.details = keccak256("details");
    }

    function post(Terms memory terms) internal returns (bytes32 task) {
        vm.prank(terms.requester);
        return market.post(terms);
    }

    function claim(Terms memory terms, uint32 unit, address claimant) internal {
        vm.prank(claimant);
        market.claim(terms, unit, BOX_KEY, claimant, "");
    }

    function settle(Terms memory terms, uint32 unit, address claimant) internal {
        bytes memory evidence = evidenceFor(terms, unit, claimant);
        market.settle(terms, unit, valuesOf(unit), pathOf(terms.units, unit), evidence);
    }

    function evidenceFor(Terms memory terms, uint32 unit, address claimant) internal view returns (bytes memory) {
        return forge(development, statementOf(terms, unit, claimant));
    }

    function statementOf(Terms memory terms, uint32 unit, address claimant) internal view returns (Claimed memory) {
        return Claimed(
            address(market), market.taskOf(terms), unit, claimant, terms.circuit, DIGEST, valuesOf(unit)
        );
    }

    function valuesOf(uint32 unit) internal pure returns (uint256[] memory values) {
        values = new uint256[](2);
        values[0] = inputOf(unit);
        values[1] = uint256(keccak256(abi.encode("answers", unit))) >> 8;
    }

    function inputOf(uint32 unit) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode("input", unit))) % R;
    }

    /// @dev EIP-712, spelled out once more.
    function authFor(Terms memory terms, uint32 unit, address claimant, uint256 key, uint256 expires)
        internal
        view
        returns (bytes memory)
    {
        return authFor(terms, unit, claimant, key, expires, "");
    }

    function authFor(
        Terms memory terms,
        uint32 unit,
        address claimant,
        uint256 key,
        uint256 expires,
        bytes memory gateEvidence
    ) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, claimDigest(terms, unit, claimant, expires));
        return abi.encode(expires, bytes.concat(r, s, bytes1(v)), gateEvidence);
    }

    function claimDigest(Terms memory terms, uint32 unit, address claimant, uint256 expires)
        internal
        view
        returns (bytes32)
    {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Prooftab"),
                keccak256("1"),
                block.chainid,
                address(market)
            )
        );
        bytes32 message = keccak256(
            abi.encode(
                keccak256("Claim(bytes32 task,uint32 unit,bytes32 boxKey,address claimant,uint40 expires)"),
                market.taskOf(terms),
                unit,
                BOX_KEY,
                claimant,
                expires
            )
        );
        return keccak256(bytes.concat(hex"1901", domain, message));
    }

    // A plain Merkle tree over (unit, input): double-hashed leaves, sorted pairs, an odd node carried up.

    function rootOf(uint32 units) internal pure returns (bytes32) {
        bytes32[] memory layer = leavesOf(units);
        while (layer.length > 1) {
            layer = parentsOf(layer);
        }
        return layer[0];
    }

    function pathOf(uint32 units, uint32 unit) internal pure returns (bytes32[] memory path) {
        bytes32[] memory layer = leavesOf(units);
        bytes32[] memory found = new bytes32[](32);
        uint256 depth = 0;
        for (uint256 place = unit; layer.length > 1; place /= 2) {
            if (place ^ 1 < layer.length) found[depth++] = layer[place ^ 1];
            layer = parentsOf(layer);
        }
        path = new bytes32[](depth);
        for (uint256 i = 0; i < depth; i++) {
            path[i] = found[i];
        }
    }

    function leavesOf(uint32 units) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](units);
        for (uint32 unit = 0; unit < units; unit++) {
            leaves[unit] = keccak256(bytes.concat(keccak256(abi.encode(unit, inputOf(unit)))));
        }
    }

    function parentsOf(bytes32[] memory layer) private pure returns (bytes32[] memory parents) {
        parents = new bytes32[]((layer.length + 1) / 2);
        for (uint256 i = 0; i < parents.length; i++) {
            bytes32 left = layer[2 * i];
            bytes32 right = 2 * i + 1 < layer.length ? layer[2 * i + 1] : bytes32(0);
            if (2 * i + 1 == layer.length) parents[i] = left;
            else parents[i] = left < right ? keccak256(bytes.concat(left, right)) : keccak256(bytes.concat(right, left));
        }
    }
}
