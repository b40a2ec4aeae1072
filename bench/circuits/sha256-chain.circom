pragma circom 2.1.0;

include "sha256/sha256.circom";

/// SHA-256 of so many bits: nearly every wire is zero or one.
template Sha256Chain(bits) {
    signal input message[bits];
    signal output digest[256];

    component hash = Sha256(bits);
    hash.in <== message;
    digest <== hash.out;
}
