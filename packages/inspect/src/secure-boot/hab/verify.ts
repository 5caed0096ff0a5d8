import {
  type Bytes,
  createDigest,
  forEachWindow,
  type PublicKey,
  readSignedData,
  type Signed,
  verifySigner,
} from '@messlatte/bytes'
import type { HabResult, HabStretch } from './facts.ts'

const STEP = 256 * 1024

/**
 * Verifies a CMS signature over stretches, one behind the other, with the key that the commands name: certificates within the
 * signature count for nothing.
 */
export function verifyStretches(
  bytes: Bytes,
  stretches: readonly HabStretch[],
  signature: Uint8Array | undefined,
  key: PublicKey | undefined,
): HabResult {
  if (!signature || !key) return 'unread'
  if (stretches.some(({ from, to }) => from < 0 || to > bytes.size)) return 'outside'
  const length = stretches.reduce((sum, { from, to }) => sum + to - from, 0)
  // More than all of it twice is no image, and work without end.
  if (length > 2 * bytes.size) return 'unread'
  const content: Signed = {
    message: undefined,
    digest(name) {
      const hash = createDigest(name)
      for (const { from, to } of stretches)
        forEachWindow(bytes, from, to, STEP, 0, (window) => {
          hash.update(window)
          return true
        })
      return hash.digest()
    },
  }
  try {
    const data = { ...readSignedData(signature, { trailing: true }), certificates: [] }
    const [signer, second] = data.signers
    if (!signer || second) return 'unread'
    return resultOf(verifySigner(data, signer, content, [], [key]))
  } catch {
    return 'unread'
  }
}

function resultOf(outcome: ReturnType<typeof verifySigner>): HabResult {
  switch (outcome.result) {
    case 'holds':
      return 'holds'
    case 'fails':
      return outcome.because === 'content' ? 'other-bytes' : 'fails'
    case 'unknown':
      // No certificate is at hand on purpose: the one key that counts does not verify it.
      return outcome.because === 'certificate' ? 'fails' : 'unread'
  }
}
