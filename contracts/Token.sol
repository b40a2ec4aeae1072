// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Votes} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Votes.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

/// @title What work is paid in: a fixed supply, approvals by signature, and votes that follow the balance.
contract Token is ERC20, ERC20Permit, ERC20Votes {
    /// @dev A billion credits of 18 decimals, below the 2^208 - 1 that ERC20Votes can count.
    uint256 private constant SUPPLY = 1e27;

    constructor() ERC20("Prooftab credits", "PTAB") ERC20Permit("Prooftab credits") {
        _mint(msg.sender, SUPPLY);
    }

    function nonces(address owner) public view override(ERC20Permit, Nonces) returns (uint256) {
        return super.nonces(owner);
    }

    function _update(address from, address to, uint256 value) internal override(ERC20, ERC20Votes) {
        super._update(from, to, value);
    }
}
