import type { ProvisionRule } from '../../rules.ts'
import { text } from '../../text.ts'
import { kept } from './entry.ts'

/** Clauses 5.4 security parameters, 5.5 communication. */
export const CLAUSES_5_4_TO_5_5: readonly ProvisionRule[] = [
  kept({
    id: '5.4-1',
    status: 'M',
    features: ['k'],
  }),
  kept({
    id: '5.4-2',
    status: 'M',
    features: ['l'],
  }),
  kept({
    id: '5.4-3',
    status: 'M',
  }),
  kept({
    id: '5.4-4',
    status: 'M',
    features: ['m'],
  }),
  kept({
    id: '5.5-1',
    status: 'M',
  }),
  kept({
    id: '5.5-2',
    status: 'R',
  }),
  kept({
    id: '5.5-3',
    status: 'R',
  }),
  kept({
    id: '5.5-4',
    status: 'R',
  }),
  kept({
    id: '5.5-5',
    status: 'M',
    features: ['n'],
  }),
  kept({
    id: '5.5-6',
    status: 'R',
    features: ['o'],
  }),
  kept({
    id: '5.5-7',
    status: 'M',
    features: ['o'],
  }),
  kept({
    id: '5.5-8',
    status: 'M',
    conditions: [16],
    title: text(
      'The maker manages critical security parameters by secure processes over their whole life',
      'Der Hersteller verwaltet kritische Sicherheitsparameter über ihr ganzes Leben nach sicheren Prozessen',
    ),
    source: 'en303645-v3.1.3-digest',
  }),
]
