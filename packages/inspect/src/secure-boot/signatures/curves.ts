/** A curve y² = x³ + ax + b over the integers modulo p, with a generator of prime order n; p modulo 4 is 3. */
export interface Curve {
  readonly name: CurveName
  /** Bytes of a coordinate; those of n are as many. */
  readonly size: number
  readonly p: bigint
  readonly a: bigint
  readonly b: bigint
  readonly n: bigint
  readonly gx: bigint
  readonly gy: bigint
  /** DER of a SubjectPublicKeyInfo up to the coordinates, hex; RFC 5480. */
  readonly spkiPrefix: string
}

export type CurveName = 'P-192' | 'P-256' | 'P-384' | 'brainpoolP256r1'

/** Parameters: NIST SP 800-186, section 3.2.1, for P-192 FIPS 186-4, appendix D.1.2.1, and RFC 5639, section 3.4. */
export const CURVES: Readonly<Record<CurveName, Curve>> = {
  'P-192': {
    name: 'P-192',
    size: 24,
    p: 0xfffffffffffffffffffffffffffffffeffffffffffffffffn,
    a: -3n,
    b: 0x64210519e59c80e70fa7e9ab72243049feb8deecc146b9b1n,
    n: 0xffffffffffffffffffffffff99def836146bc9b1b4d22831n,
    gx: 0x188da80eb03090f67cbf20eb43a18800f4ff0afd82ff1012n,
    gy: 0x07192b95ffc8da78631011ed6b24cdd573f977a11e794811n,
    spkiPrefix: '3049301306072a8648ce3d020106082a8648ce3d03010103320004',
  },
  'P-256': {
    name: 'P-256',
    size: 32,
    p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    a: -3n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    gx: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
    gy: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
    spkiPrefix: '3059301306072a8648ce3d020106082a8648ce3d03010703420004',
  },
  'P-384': {
    name: 'P-384',
    size: 48,
    p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
    a: -3n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    n: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    gx: 0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7n,
    gy: 0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5fn,
    spkiPrefix: '3076301006072a8648ce3d020106052b8104002203620004',
  },
  brainpoolP256r1: {
    name: 'brainpoolP256r1',
    size: 32,
    p: 0xa9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5377n,
    a: 0x7d5a0975fc2c3057eef67530417affe7fb8055c126dc5c6ce94a4b44f330b5d9n,
    b: 0x26dc5c6ce94a4b44f330b5d9bbd77cbf958416295cf7e1ce6bccdc18ff8c07b6n,
    n: 0xa9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7n,
    gx: 0x8bd2aeb9cb7e57cb2c4b482ffc81b7afb9de27e1e3bd23c23a4453bd9ace3262n,
    gy: 0x547ef835c3dac4fd97f8461a14611dc9c27745132ded8e545c1d54c72f046997n,
    spkiPrefix: '305a301406072a8648ce3d020106092b240303020801010703420004',
  },
}

export function modulo(value: bigint, p: bigint): bigint {
  const rest = value % p
  return rest < 0n ? rest + p : rest
}

export function isOnCurve({ p, a, b }: Curve, x: bigint, y: bigint): boolean {
  return x < p && y < p && modulo(y * y - (x * x * x + a * x + b), p) === 0n
}

/** A number from bytes, big endian. */
export function toNumber(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
}
