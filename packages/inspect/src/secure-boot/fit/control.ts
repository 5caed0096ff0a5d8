import { createHash, createPublicKey, type JsonWebKey } from 'node:crypto'
import { encodeText, type Fdt, type FdtNode, fdtNode, fdtProperty, fdtValue } from '@messlatte/unpack'
import type { ControlFact, ControlKey } from './facts.ts'
import { textOf } from './structure.ts'

const MAX_KEYS = 64
/** Bytes of a number of a key: RSA of 16,384 bits. */
const MAX_NUMBER = 2048
const MAX_EXPONENT = 8

const CURVES: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp256r1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
}

/** The keys of a control device tree; undefined for any other tree, and for a FIT, whose own keys vouch for nothing. */
export function readControl(fdt: Fdt): ControlFact | undefined {
  const signature = fdtNode(fdt, '/signature')
  if (!signature || signature.children.length === 0 || fdtNode(fdt, '/images')) return undefined
  const keys = signature.children.slice(0, MAX_KEYS).map((node) => readKey(fdt, node))
  if (!keys.some(({ spki, algorithm }) => spki !== undefined || algorithm !== '')) return undefined
  return { mode: textOf(fdt, signature, 'required-mode') === 'any' ? 'any' : 'all', keys }
}

function readKey(fdt: Fdt, node: FdtNode): ControlKey {
  const spki = spkiOf(fdt, node)
  const own = fdt.tokens.filter((token) => token.node === node)
  const [first, last] = [own[0], own.at(-1)]
  const start = first?.offset ?? fdt.at
  return {
    node: encodeText(node.path),
    hint: textOf(fdt, node, 'key-name-hint') || encodeText(node.name.replace(/^key-/, '')),
    required: fdtProperty(node, 'required') ? textOf(fdt, node, 'required') : undefined,
    algorithm: textOf(fdt, node, 'algo'),
    offset: start - fdt.at,
    length: (last ? last.offset + last.length : start) - start,
    spki: spki?.toString('base64'),
    spkiSha256: spki && createHash('sha256').update(spki).digest('hex'),
  }
}

function spkiOf(fdt: Fdt, node: FdtNode): Buffer | undefined {
  const jwk = rsaKey(fdt, node) ?? ecKey(fdt, node)
  if (!jwk) return undefined
  try {
    return createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'der' })
  } catch {
    // A point off its curve, or numbers that make no key.
    return undefined
  }
}

/** Modulus big endian; the exponent is a 64-bit number, 65,537 where it is missing. */
function rsaKey(fdt: Fdt, node: FdtNode): JsonWebKey | undefined {
  const modulus = number(fdt, node, 'rsa,modulus', MAX_NUMBER)
  if (!modulus) return undefined
  const exponent = number(fdt, node, 'rsa,exponent', MAX_EXPONENT) ?? Buffer.from([1, 0, 1])
  return { kty: 'RSA', n: modulus.toString('base64url'), e: exponent.toString('base64url') }
}

function ecKey(fdt: Fdt, node: FdtNode): JsonWebKey | undefined {
  const crv = CURVES[textOf(fdt, node, 'ecdsa,curve')]
  const x = fdtProperty(node, 'ecdsa,x-point')
  const y = fdtProperty(node, 'ecdsa,y-point')
  if (crv === undefined || !x || !y || x.length > MAX_NUMBER || y.length > MAX_NUMBER) return undefined
  const [left, right] = [x, y].map((point) => Buffer.from(fdtValue(fdt, point)).toString('base64url'))
  return { kty: 'EC', crv, x: left as string, y: right as string }
}

/** Without leading zeros; undefined where it is missing, zero or too long. */
function number(fdt: Fdt, node: FdtNode, name: string, longest: number): Buffer | undefined {
  const property = fdtProperty(node, name)
  if (!property || property.length > longest) return undefined
  const value = Buffer.from(fdtValue(fdt, property))
  const first = value.findIndex((byte) => byte !== 0)
  return first < 0 ? undefined : value.subarray(first)
}
