import type { Polarity } from '@messlatte/model'

/** A kind of evidence that checks emit, with the provisions of the 2020 edition that it usually touches. */
export interface EvidenceKind {
  readonly kind: string
  readonly polarities: readonly Polarity[]
  /** For people and tests only: `assess` follows the references that each piece of evidence carries itself. */
  readonly provisions: readonly string[]
}

export const EVIDENCE_KINDS: readonly EvidenceKind[] = [
  { kind: 'account.password.set', polarities: ['against', 'neutral'], provisions: ['5.1-1', '5.4-3'] },
  { kind: 'account.password.weak', polarities: ['against'], provisions: ['5.1-1', '5.4-3'] },
  { kind: 'account.password.empty', polarities: ['against', 'neutral'], provisions: ['5.1-1'] },
  { kind: 'account.backup.hash', polarities: ['neutral'], provisions: ['5.4-3'] },
  { kind: 'account.password.locked', polarities: ['neutral'], provisions: ['5.1-1'] },
  { kind: 'account.password.not-tried', polarities: ['against', 'neutral'], provisions: ['5.1-1', '5.4-3'] },
  { kind: 'account.uid0.extra', polarities: ['against'], provisions: ['5.6-7'] },
  { kind: 'account.shadow.world-readable', polarities: ['against'], provisions: ['5.4-1'] },
  { kind: 'key.private', polarities: ['against', 'neutral'], provisions: ['5.4-1', '5.4-3', '5.4-4'] },
  { kind: 'key.private.encrypted', polarities: ['against', 'neutral'], provisions: ['5.4-3', '5.4-4'] },
  { kind: 'key.private.known', polarities: ['against', 'neutral'], provisions: ['5.4-1', '5.4-3', '5.4-4'] },
  { kind: 'key.public', polarities: ['neutral'], provisions: ['5.4-3'] },
  { kind: 'key.certificate.paired', polarities: ['against', 'neutral'], provisions: ['5.4-3', '5.4-4'] },
  { kind: 'boot.fit.signature', polarities: ['for', 'neutral', 'against'], provisions: ['5.7-1'] },
  { kind: 'boot.fit.unsigned', polarities: ['against', 'neutral'], provisions: ['5.7-1'] },
  { kind: 'boot.fit.hash-mismatch', polarities: ['against'], provisions: ['5.7-1'] },
  { kind: 'boot.fit.known-key', polarities: ['against'], provisions: ['5.7-1'] },
  { kind: 'boot.fit.image-signature-only', polarities: ['against', 'neutral'], provisions: ['5.7-1'] },
  { kind: 'boot.fit.key-not-required', polarities: ['against', 'neutral'], provisions: ['5.7-1'] },
  { kind: 'boot.fit.hashed-nodes-differ', polarities: ['against', 'neutral'], provisions: ['5.7-1'] },
  { kind: 'boot.fit.weak-hash', polarities: ['against', 'neutral'], provisions: ['5.7-1'] },
  { kind: 'boot.fit.private-key', polarities: ['against'], provisions: ['5.7-1', '5.4-1'] },
  { kind: 'boot.fit.required-key', polarities: ['for', 'neutral'], provisions: ['5.7-1'] },
  { kind: 'boot.esp.signature', polarities: ['for', 'neutral', 'against'], provisions: ['5.7-1'] },
  { kind: 'boot.esp.unsigned', polarities: ['against', 'neutral'], provisions: ['5.7-1'] },
  { kind: 'boot.esp.hash-mismatch', polarities: ['against'], provisions: ['5.7-1'] },
  { kind: 'boot.esp.known-key', polarities: ['against'], provisions: ['5.7-1'] },
  { kind: 'boot.esp.private-key', polarities: ['against'], provisions: ['5.7-1'] },
  { kind: 'boot.esp.encrypted', polarities: ['neutral'], provisions: ['5.7-1'] },
  { kind: 'boot.esp.loader', polarities: ['neutral'], provisions: ['5.7-1'] },
  { kind: 'boot.esp.partitions', polarities: ['neutral'], provisions: ['5.7-1'] },
  { kind: 'boot.esp.rollback', polarities: ['neutral'], provisions: ['5.3-2', '5.7-1'] },
  { kind: 'boot.esp.setting', polarities: ['against'], provisions: ['5.6-4', '5.7-1'] },
  { kind: 'boot.uimage.unsigned', polarities: ['against', 'neutral'], provisions: ['5.7-1'] },
  {
    kind: 'service.shell.network',
    polarities: ['against'],
    provisions: ['5.5-1', '5.5-4', '5.5-5', '5.5-7', '5.6-1', '5.6-5'],
  },
  { kind: 'service.shell.console', polarities: ['against'], provisions: ['5.6-4'] },
  { kind: 'service.shell.kernel', polarities: ['against'], provisions: ['5.6-4'] },
  { kind: 'service.console.kernel', polarities: ['neutral'], provisions: ['5.6-4'] },
  { kind: 'service.debug.interface', polarities: ['neutral'], provisions: ['5.6-4'] },
  { kind: 'service.rtos', polarities: ['neutral'], provisions: ['5.6-1', '5.6-4', '5.6-5'] },
  { kind: 'service.web.handlers', polarities: ['neutral'], provisions: ['5.5-4', '5.5-5', '5.6-1'] },
  { kind: 'service.network.listening', polarities: ['neutral'], provisions: ['5.6-1', '5.6-5'] },
  { kind: 'service.network.installed', polarities: ['neutral'], provisions: ['5.6-6'] },
  { kind: 'service.present.not-started', polarities: ['neutral'], provisions: ['5.6-5', '5.6-6'] },
  { kind: 'update.client', polarities: ['neutral', 'for'], provisions: ['5.3-1', '5.3-2'] },
  {
    kind: 'update.transport.plain-http',
    polarities: ['against', 'neutral'],
    provisions: ['5.3-7', '5.3-10', '5.5-1'],
  },
  {
    kind: 'update.signature.required',
    polarities: ['for', 'neutral'],
    provisions: ['5.3-2', '5.3-9', '5.3-10'],
  },
  { kind: 'update.signature.disabled', polarities: ['against'], provisions: ['5.3-2', '5.3-9', '5.3-10'] },
  { kind: 'update.tls.unchecked', polarities: ['against', 'neutral'], provisions: ['5.3-10', '5.5-1'] },
  { kind: 'update.fetch-and-execute', polarities: ['against', 'neutral'], provisions: ['5.3-2', '5.3-10'] },
  { kind: 'update.slots', polarities: ['for', 'neutral'], provisions: ['5.3-2', '5.9-2'] },
  { kind: 'update.automatic', polarities: ['for', 'neutral'], provisions: ['5.3-4', '5.3-5'] },
  { kind: 'update.keyring', polarities: ['for', 'neutral'], provisions: ['5.3-9', '5.3-10'] },
  {
    kind: 'scope.opaque-image',
    polarities: ['neutral'],
    provisions: ['5.1-1', '5.3-2', '5.3-9', '5.3-10', '5.4-3', '5.7-1'],
  },
  { kind: 'scope.flash-layout', polarities: ['neutral'], provisions: ['5.7-1'] },
  { kind: 'support.period', polarities: ['neutral', 'for'], provisions: ['5.3-13'] },
]
