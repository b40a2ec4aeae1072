/** What this app calls on the three contracts and reads from their logs, and every error that any of them raises. */
import { parseAbi } from 'viem';

const terms =
  'struct Terms { address requester; bytes32 circuit; bytes32 inputs; uint32 units; uint128 price; address owner; uint128 ownerPrice; address gate; address judge; uint40 closes; uint32 lease; uint32 tariff; bytes32 details; }';
const parts =
  'struct CircuitParts { uint16 system; uint16 kind; bytes32 model; bytes32 relation; bytes32 key; uint16 values; uint40[6] meter; uint16 flags; }';

export const marketAbi = parseAbi([
  terms,
  'function post(Terms terms) returns (bytes32 task)',
  'function claim(Terms terms, uint32 unit, bytes32 boxKey, address claimant, bytes auth)',
  'function settle(Terms terms, uint32 unit, uint256[] values, bytes32[] path, bytes evidence)',
  'function resolve(bytes32 task, uint32 unit, bool accepted)',
  'function refund(Terms terms)',
  'function allow(address module, bool allowed)',
  'function isAllowed(address module) view returns (bool)',
  'function owner() view returns (address)',
  'function registry() view returns (address)',
  'function token() view returns (address)',
  'function taskOf(Terms terms) view returns (bytes32 task)',
  'function tasks(bytes32 task) view returns (uint8 status, uint32 settled, uint32 pending)',
  'function units(bytes32 task, uint32 unit) view returns (address claimant, uint40 until, uint8 status)',
  'event Posted(bytes32 indexed task, Terms terms)',
  'event Claimed(bytes32 indexed task, uint32 unit, address indexed claimant, uint40 until, bytes32 boxKey)',
  'event Settled(bytes32 indexed task, uint32 unit, address indexed beneficiary, uint256 paid, uint256[] values)',
  'event Pending(bytes32 indexed task, uint32 unit, uint40 until)',
  'event Refunded(bytes32 indexed task, uint256 amount)',
  'event ModuleAllowed(address indexed module, bool allowed)',
]);

export const registryAbi = parseAbi([
  parts,
  'function register(CircuitParts parts, bytes key) returns (bytes32 circuit)',
  'function check(bytes32 circuit, bytes32 subject, uint32 unit, address beneficiary, uint256[] values, bytes evidence) view',
  'function publish(bytes32 kind, bytes head) returns (bytes32 id)',
  'function isRegistered(bytes32 circuit) view returns (bool)',
  'function keyOf(bytes32 circuit) view returns (bytes key)',
  'event Registered(bytes32 indexed circuit, CircuitParts parts)',
  'event Published(bytes32 indexed id, bytes32 indexed kind, address indexed publisher, bytes head)',
]);

export const tokenAbi = parseAbi([
  'function approve(address spender, uint256 value) returns (bool)',
  'function allowance(address owner, address spender) view returns (uint256)',
  'function balanceOf(address account) view returns (uint256)',
  'function transfer(address to, uint256 value) returns (bool)',
]);

/** A transaction to the market can fail in the market, in its judge or in the token: all their errors, in one list. */
export const errorsAbi = parseAbi([
  'error BadTerms()',
  'error BadAuth()',
  'error UnknownCircuit()',
  'error WrongValueCount()',
  'error AlreadySettled()',
  'error UnknownTask()',
  'error NotOpen(uint40 until)',
  'error LeaseExpired()',
  'error WrongInput()',
  'error ModuleNotAllowed(address module)',
  'error NotPending()',
  'error NotEnoughGas()',
  'error BadKey()',
  'error InputTooLarge()',
  'error ProofRejected()',
  'error DevelopmentKey()',
  'error OwnableUnauthorizedAccount(address account)',
  'error OwnableInvalidOwner(address owner)',
  'error SafeERC20FailedOperation(address token)',
  'error InvalidShortString()',
  'error StringTooLong(string str)',
  'error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)',
  'error ERC20InvalidSender(address sender)',
  'error ERC20InvalidReceiver(address receiver)',
  'error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)',
  'error ERC20InvalidApprover(address approver)',
  'error ERC20InvalidSpender(address spender)',
  'error ERC20ExceededSafeSupply(uint256 increasedSupply, uint256 cap)',
  'error ERC2612ExpiredSignature(uint256 deadline)',
  'error ERC2612InvalidSigner(address signer, address owner)',
  'error ERC5805FutureLookup(uint256 timepoint, uint48 clock)',
  'error ERC6372InconsistentClock()',
  'error InvalidAccountNonce(address account, uint256 currentNonce)',
  'error VotesExpiredSignature(uint256 expiry)',
  'error CheckpointUnorderedInsertion()',
  'error SafeCastOverflowedUintDowncast(uint8 bits, uint256 value)',
  'error ECDSAInvalidSignature()',
  'error ECDSAInvalidSignatureLength(uint256 length)',
  'error ECDSAInvalidSignatureS(bytes32 s)',
]);
