import type { ConfigurationSignature, SignatureNode } from './facts.ts'
import type { Candidate, Control } from './keys.ts'
import { fits, type Signature, type SignatureAlgorithm, signatureAlgorithm, verifies } from './verify.ts'

/** What verifying one signature came to. */
export type Outcome =
  | { readonly result: 'verified'; readonly keys: readonly Candidate[] }
  /** Only over the nodes that it lists itself, which are not all that is started. */
  | { readonly result: 'listed-only'; readonly keys: readonly Candidate[] }
  | {
      readonly result: 'refused'
      readonly because: 'named' | 'required' | 'only'
      readonly keys: readonly Candidate[]
    }
  | { readonly result: 'no-key' }
  | {
      readonly result: 'unsupported'
      readonly why: 'algorithm' | 'too-large' | 'strings-outside' | 'not-computed'
    }

/** Tries every key that fits the algorithm, as boot loaders do; the hint only tells which one was meant. */
export function verifyConfiguration(node: ConfigurationSignature, candidates: readonly Candidate[]): Outcome {
  const algorithm = signatureAlgorithm(node.algorithm)
  // Without any algorithm there is nothing that could be done elsewhere: no boot loader takes it.
  if (node.algorithm === '') return refused(node, candidates, candidates)
  if (!algorithm) return { result: 'unsupported', why: 'algorithm' }
  if ('problem' in node.message) return { result: 'unsupported', why: node.message.problem }
  const signature = signatureOf(node, algorithm)
  const message = Buffer.from(node.message.base64, 'base64')
  const fitting = candidates.filter(({ key }) => fits(key, algorithm))
  const keys = fitting.filter(({ key }) => verifies(key, signature, message))
  if (keys.length > 0) return { result: 'verified', keys }
  if (node.listed && 'base64' in node.listed) {
    const listed = Buffer.from(node.listed.base64, 'base64')
    const over = fitting.filter(({ key }) => verifies(key, signature, listed))
    if (over.length > 0) return { result: 'listed-only', keys: over }
  }
  return refused(node, candidates, fitting)
}

export function signatureOf({ padding, value }: SignatureNode, algorithm: SignatureAlgorithm): Signature {
  return { algorithm, padding, value: Buffer.from(value, 'base64') }
}

/** Whether one of the keys that do not verify must have been the right one. */
export function refused(
  { keyNameHint }: SignatureNode,
  candidates: readonly Candidate[],
  fitting: readonly Candidate[],
): Outcome {
  const anchors = candidates.filter(({ origin }) => origin !== 'travelling')
  const named = anchors.filter(({ hint }) => hint !== '' && hint === keyNameHint)
  if (named.length > 0) return { result: 'refused', because: 'named', keys: named }
  const required = anchors.filter((one) => one.origin === 'earlier' && one.required === 'conf')
  if (required.length > 0) return { result: 'refused', because: 'required', keys: required }
  const only = fitting.filter(({ origin }) => origin !== 'travelling')
  const distinct = new Set(only.map(({ spkiSha256 }) => spkiSha256))
  if (distinct.size === 1) return { result: 'refused', because: 'only', keys: only }
  return { result: 'no-key' }
}

/**
 * Whether an earlier stage starts a configuration only when its keys verify it: one of the keys that verified has to be
 * demanded there, and so must be no key that did not.
 */
export function isDemanded(controls: readonly Control[], verified: ReadonlySet<string>): boolean {
  return controls.some(({ keys, mode }) => {
    const demanded = keys.filter(({ origin, required }) => origin === 'earlier' && required === 'conf')
    const held = demanded.filter(({ spkiSha256 }) => verified.has(spkiSha256))
    return held.length > 0 && (mode === 'any' || held.length === demanded.length)
  })
}
