import { constants, generateKeyPairSync, sign } from 'node:crypto'
import { expect, it } from 'vitest'
import { verifies } from './verify.ts'

it('takes a signature with PSS in its full length only, as U-Boot does: OpenSSL takes it without its leading zero', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const message = Buffer.from('hashed nodes')
  const padding = constants.RSA_PKCS1_PSS_PADDING
  let value: Buffer
  do value = sign('sha256', message, { key: privateKey, padding, saltLength: 32 })
  while (value[0] !== 0)
  const held = (bytes: Uint8Array) =>
    verifies(
      publicKey,
      { algorithm: { digest: 'sha256', key: { type: 'rsa', bits: 2048 } }, padding: 'pss', value: bytes },
      message,
    )
  expect(held(value)).toBe(true)
  expect(held(value.subarray(1))).toBe(false)
})
