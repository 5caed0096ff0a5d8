import type { Check } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import '../../services/boot/facts.ts'
import { concludeMechanisms } from './conclude.ts'
import '../clients/facts.ts'
import './facts.ts'
import { PARTS } from './parts.ts'

export const mechanismCheck: Check = {
  id: 'update.mechanism',
  version: 1,
  title: { en: 'The update mechanism in its parts', de: 'Der Update-Mechanismus in seinen Teilen' },
  provisions: provisions(
    [
      '5.3-1',
      '5.3-2',
      '5.3-3',
      '5.3-4',
      '5.3-5',
      '5.3-6',
      '5.3-7',
      '5.3-9',
      '5.3-10',
      '5.3-11',
      '5.3-12',
      '5.5-1',
    ],
    [
      '5.3-1',
      '5.3-2',
      '5.3-3',
      '5.3-4A',
      '5.3-4B',
      '5.3-5',
      '5.3-6A',
      '5.3-6B',
      '5.3-7',
      '5.3-9',
      '5.3-10',
      '5.3-11',
      '5.3-12',
      '5.5-1',
    ],
  ),
  cases: cases(
    '5.3-1-1',
    '5.3-2-1',
    '5.3-3-1',
    '5.3-4-1',
    '5.3-5-1',
    '5.3-6-1',
    '5.3-7-1',
    '5.3-9-1',
    '5.3-10-1',
    '5.3-11-1',
    '5.3-12-1',
    '5.5-1-2',
  ),
  input: ['image'],
  canShow: {
    en: 'What updates a system, from where, what is checked on the way and before the installation, with which key, what happens then, and how far it reaches: each part with its place.',
    de: 'Was ein System aktualisiert, von wo, was unterwegs und vor der Installation geprüft wird, mit welchem Schlüssel, was dann geschieht und wie weit es reicht: jeder Teil mit seiner Stelle.',
  },
  cannotShow: {
    en: 'That a server answers, that an update succeeds on a unit, and that there is no other way than those found.',
    de: 'Dass ein Server antwortet, dass ein Update auf einem Gerät gelingt, und dass es keinen anderen Weg gibt als die gefundenen.',
  },
  states: [...PARTS.map(({ kind }) => kind), 'update.mechanism.absent', 'update.mechanism.none'],
  wants: {},
  needs: [
    'update.part',
    'update.schedule',
    'update.system',
    'boot.file',
    'boot.link',
    'boot.path',
    'boot.u-boot',
  ],
  gives: ['update.mechanism'],
  conclude: concludeMechanisms,
}
