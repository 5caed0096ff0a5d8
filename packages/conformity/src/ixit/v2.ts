import { form, type IxitTable, table } from './table.ts'
import { IXIT_V1, USER_INFO } from './v1.ts'

/** What V2.1.1 changed, by number. */
const CHANGED: readonly IxitTable[] = [
  table('1-AuthMech', 'Authentication mechanisms', 'Authentisierungsmechanismen', [
    'Description',
    'Default Status',
    'Authentication Factor',
    'Password Generation Mechanism',
    'Security Guarantees',
    'Cryptographic Details',
    'Brute Force Prevention',
  ]),
  form('2-UserInfo', 'User information', 'Nutzerinformation', [
    ...USER_INFO,
    'Documentation of Maintenance Check',
  ]),
  table(
    '10-SecParam',
    'Security parameters',
    'Sicherheitsparameter',
    [
      'Description',
      'Type',
      'Security Guarantees',
      'Protection Scheme',
      'Provisioning Mechanism',
      'Secure Communication Mechanisms',
      'Generation Mechanism',
    ],
    { 'Secure Communication Mechanisms': ['11-SecComMech'] },
  ),
  table(
    '11-SecComMech',
    'Secure communication mechanisms',
    'Mechanismen der sicheren Kommunikation',
    ['Description', 'Interface', 'Security Guarantees', 'Cryptographic Details'],
    { Interface: ['28-LogIntf', '15-PhyIntf'] },
  ),
  table('15-PhyIntf', 'Physical interfaces', 'Physische Schnittstellen', [
    'Description',
    'Type',
    'Status',
    'Debug Interface',
    'Protection',
  ]),
  table(
    '21-PersData',
    'Personal data',
    'Personenbezogene Daten',
    [
      'Description',
      'Purpose',
      'Aggregation',
      'Authorized Parties',
      'Lifecycle',
      'Processing Activities',
      'Secure Communication Mechanisms',
      'Sensitive',
      'Obtaining Consent',
      'Withdrawing Consent',
      'Storing Consent',
      'Anonymization',
    ],
    { 'Secure Communication Mechanisms': ['11-SecComMech'] },
  ),
  table('27-UserIntf', 'User interfaces', 'Nutzerschnittstellen', ['Description', 'Type'], {
    Type: ['15-PhyIntf', '28-LogIntf'],
  }),
  table(
    '28-LogIntf',
    'Logical interfaces',
    'Logische Schnittstellen',
    ['Description', 'Access', 'Status', 'Disclosed Information', 'Resilience Measures'],
    { Access: ['15-PhyIntf'] },
  ),
  table('29-InpVal', 'Data input validation', 'Prüfung von Eingaben', ['Description', 'Source'], {
    Source: ['27-UserIntf', '28-LogIntf'],
  }),
]

/** The 29 tables of TS 103 701 V2.1.1 (2025-05), as a maker's completed tables show them; the rest as in V1.1.1. */
export const IXIT_V2: readonly IxitTable[] = IXIT_V1.map(
  (one) => CHANGED.find(({ name }) => Number.parseInt(name, 10) === Number.parseInt(one.name, 10)) ?? one,
)
