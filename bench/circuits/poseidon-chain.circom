pragma circom 2.1.0;

include "poseidon.circom";

/// Hashes a value with itself so many times: dense constraints, and a witness of full-size values.
template PoseidonChain(length) {
    signal input seed;
    signal output last;

    component hash[length];
    for (var i = 0; i < length; i++) {
        hash[i] = Poseidon(2);
        hash[i].inputs[0] <== i == 0 ? seed : hash[i - 1].out;
        hash[i].inputs[1] <== i;
    }
    last <== hash[length - 1].out;
}
