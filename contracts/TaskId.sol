// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {IMarket, Terms} from "./interfaces/IMarket.sol";

/// @title A task's id: `sha256(abi.encode("prooftab/task/1", block.chainid, address(this), terms))`.
/// @dev Written out because every call of the market pays for it: the compiler's encoder takes 900 gas more, field by field.
library TaskId {
    bytes32 private constant TEXT = "prooftab/task/1";

    function idOf(Terms calldata terms) internal view returns (bytes32 task) {
        uint256 excess;
        assembly ("memory-safe") {
            // The text comes last, after its offset, chain, market and the thirteen words of terms.
            let data := mload(0x40)
            mstore(data, 512)
            mstore(add(data, 32), chainid())
            mstore(add(data, 64), address())
            // requester 0, circuit 32, inputs 64, units 96, price 128, owner 160, ownerPrice 192, gate 224, judge 256,
            // closes 288, lease 320, tariff 352, details 384
            let copy := add(data, 96)
            calldatacopy(copy, terms, 416)
            mstore(add(data, 512), 15)
            mstore(add(data, 544), TEXT)
            if iszero(staticcall(gas(), 2, data, 576, 0, 32)) { revert(0, 0) }
            task := mload(0)

            let addresses := or(or(mload(copy), mload(add(copy, 160))), or(mload(add(copy, 224)), mload(add(copy, 256))))
            let prices := or(mload(add(copy, 128)), mload(add(copy, 192)))
            let counts := or(or(mload(add(copy, 96)), mload(add(copy, 320))), mload(add(copy, 352)))
            excess := or(or(shr(160, addresses), shr(128, prices)), or(shr(32, counts), shr(40, mload(add(copy, 288)))))
        }
        // The words were hashed as they came. A number too large for its field would be another name for the same terms.
        if (excess != 0) revert IMarket.BadTerms();
    }
}
