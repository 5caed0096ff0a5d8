// RC2 (RFC 2268): old PKCS#12 files hide their certificates with 40 bits of it, and OpenSSL leaves it out by default.

/** Section 2: a permutation from the digits of pi. */
const PI_TABLE = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2' +
    '179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82' +
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7' +
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec' +
    'c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9' +
    '0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
)
const BLOCK = 8
const ROTATIONS = [1, 2, 3, 5] as const

/**
 * Decrypts in CBC mode and takes the padding off.
 * @param bits effective bits of the key
 * @throws RangeError where the length or the padding does not fit
 */
export function rc2Cbc(key: Uint8Array, bits: number, iv: Uint8Array, data: Uint8Array): Buffer {
  if (data.length === 0 || data.length % BLOCK !== 0) throw new RangeError('no whole blocks')
  const schedule = expanded(key, bits)
  const out = Buffer.alloc(data.length)
  let previous = iv
  for (let at = 0; at < data.length; at += BLOCK) {
    const block = data.subarray(at, at + BLOCK)
    const plain = decryptBlock(schedule, block)
    for (let i = 0; i < BLOCK; i++) out[at + i] = (plain[i] as number) ^ (previous[i] as number)
    previous = block
  }
  const padding = out[out.length - 1] as number
  const filled = out.subarray(out.length - padding)
  if (padding < 1 || padding > BLOCK || !filled.every((byte) => byte === padding))
    throw new RangeError('no padding')
  return out.subarray(0, out.length - padding)
}

function expanded(key: Uint8Array, bits: number): Uint16Array {
  const bytes = Buffer.alloc(128)
  bytes.set(key)
  for (let i = key.length; i < 128; i++) {
    bytes[i] = PI_TABLE[((bytes[i - 1] as number) + (bytes[i - key.length] as number)) & 0xff] as number
  }
  const effective = Math.ceil(bits / 8)
  const mask = 0xff >> (8 * effective - bits)
  bytes[128 - effective] = PI_TABLE[(bytes[128 - effective] as number) & mask] as number
  for (let i = 127 - effective; i >= 0; i--) {
    bytes[i] = PI_TABLE[(bytes[i + 1] as number) ^ (bytes[i + effective] as number)] as number
  }
  return Uint16Array.from({ length: 64 }, (_, i) => bytes.readUInt16LE(2 * i))
}

function decryptBlock(schedule: Uint16Array, block: Uint8Array): Buffer {
  const words = Uint16Array.from({ length: 4 }, (_, i) => Buffer.from(block).readUInt16LE(2 * i))
  const word = (i: number): number => words[i & 3] as number
  let next = 63
  for (let round = 15; round >= 0; round--) {
    for (let i = 3; i >= 0; i--) {
      const turn = ROTATIONS[i] as number
      const turned = ((word(i) >>> turn) | (word(i) << (16 - turn))) & 0xffff
      words[i] =
        turned - (schedule[next--] as number) - (word(i + 3) & word(i + 2)) - (~word(i + 3) & word(i + 1))
    }
    // The two mashing rounds stand after the fifth and the eleventh mixing round.
    if (round === 11 || round === 5) {
      for (let i = 3; i >= 0; i--) words[i] = word(i) - (schedule[word(i + 3) & 63] as number)
    }
  }
  const out = Buffer.alloc(BLOCK)
  words.forEach((value, i) => {
    out.writeUInt16LE(value, 2 * i)
  })
  return out
}
