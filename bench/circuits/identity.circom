pragma circom 2.1.0;

include "comparators.circom";
include "eddsaposeidon.circom";
include "poseidon.circom";
include "switcher.circom";

/// The root over a leaf, by its path: `side[i]` is 1 where the leaf's branch is the right one.
template MerkleRoot(depth) {
    signal input leaf;
    signal input sibling[depth];
    signal input side[depth];
    signal output root;

    component order[depth];
    component node[depth];
    for (var i = 0; i < depth; i++) {
        side[i] * (side[i] - 1) === 0;
        order[i] = Switcher();
        order[i].sel <== side[i];
        order[i].L <== i == 0 ? leaf : node[i - 1].out;
        order[i].R <== sibling[i];
        node[i] = Poseidon(2);
        node[i].inputs[0] <== order[i].outL;
        node[i].inputs[1] <== order[i].outR;
    }
    root <== node[depth - 1].out;
}

/// What a presentation of a credential proves, in kind and size: eight claims that an issuer signed, an issuer among many, a place in a
/// list of states, two claims within bounds, and a nullifier.
template Identity(depth) {
    signal input claims[8];
    signal input issuer[2];
    signal input nonce[2];
    signal input signature;
    signal input issuerSibling[depth];
    signal input issuerSide[depth];
    signal input stateSibling[depth];
    signal input stateSide[depth];
    signal input atLeast;
    signal input atMost;
    signal input scope;
    signal output issuers;
    signal output states;
    signal output nullifier;

    component credential = Poseidon(8);
    credential.inputs <== claims;

    component signed = EdDSAPoseidonVerifier();
    signed.enabled <== 1;
    signed.Ax <== issuer[0];
    signed.Ay <== issuer[1];
    signed.R8x <== nonce[0];
    signed.R8y <== nonce[1];
    signed.S <== signature;
    signed.M <== credential.out;

    component issuerLeaf = Poseidon(2);
    issuerLeaf.inputs <== issuer;
    component issuerRoot = MerkleRoot(depth);
    issuerRoot.leaf <== issuerLeaf.out;
    issuerRoot.sibling <== issuerSibling;
    issuerRoot.side <== issuerSide;
    issuers <== issuerRoot.root;

    component stateRoot = MerkleRoot(depth);
    stateRoot.leaf <== credential.out;
    stateRoot.sibling <== stateSibling;
    stateRoot.side <== stateSide;
    states <== stateRoot.root;

    component low = GreaterEqThan(64);
    low.in[0] <== claims[0];
    low.in[1] <== atLeast;
    low.out === 1;
    component high = LessEqThan(64);
    high.in[0] <== claims[1];
    high.in[1] <== atMost;
    high.out === 1;

    component once = Poseidon(2);
    once.inputs[0] <== claims[7];
    once.inputs[1] <== scope;
    nullifier <== once.out;
}
