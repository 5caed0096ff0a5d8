"""Answers of brand-owner.csv as seen on 28 November 2026, worked out from the rules alone and not with Messlatte.

Run: python3 tests/portfolio/oracle.py (from the root). Writes brand-owner.expected.csv.
What it takes for given about firmware, by the release (tests/portfolio.test.ts holds it against check --json):
the router as found fails the German rule by what was reported, EN 18031 by a mapping alone, the CRA by mappings alone, and the
British law by its own lines; the other two leave things open everywhere. Nothing is known of any other module. A product that
cannot be updated fails the German rule (5.3-2) and the CRA (I(2)(c)) by that statement, unless its firmware says otherwise.
"""
import csv, json, datetime as dt

AS_OF = '2026-11-28'
LAST = {'RED': '2025-07-31', 'CRA': '2027-12-10', 'DE': '2027-01-01', 'GB': '2024-04-28'}
RULES = {'DE': ['RED', 'CRA', 'DE'], 'FR': ['RED', 'CRA'], 'GB': ['GB']}
RANK = ['barred', 'barred-as-reported', 'at-risk', 'not-assessed', 'no-obstacle', 'outside']
truth = json.load(open('examples/truth.json'))['releases']
FOUND, RIGHT, VERITY = (truth[name]['images'][0]['sha256'] for name in ('router-as-found', 'router-done-right', 'sensor-with-verity'))


def worst(*answers):
    return min(answers, key=RANK.index)


def better(*answers):
    return max(answers, key=RANK.index)


def day(cell):
    if not cell:
        return None
    if 'T' in cell:  # all of them fall into winter: Berlin and Paris are an hour ahead of UTC, London is not
        return cell
    d, m, y = cell.split('.')
    return f'{y}-{m}-{d}'


def local(cell, market):
    moment = dt.datetime.fromisoformat(cell.replace('Z', '+00:00')) + dt.timedelta(hours=0 if market == 'GB' else 1)
    return moment.date().isoformat()


def module(rule, digest, updatable, radio):
    """What one firmware means for units that the rule looks at; None: the rule is not about the product."""
    if rule == 'RED' and not radio and digest != FOUND:
        return None
    if digest == FOUND:
        return {'RED': 'at-risk', 'CRA': 'at-risk', 'DE': 'barred-as-reported', 'GB': 'barred'}[rule]
    if digest == RIGHT:
        return 'at-risk'
    if not updatable and rule in ('CRA', 'DE'):
        return 'barred' if rule == 'CRA' else 'barred-as-reported'
    return 'at-risk' if digest == VERITY else 'not-assessed'


def under(rule, row):
    if row['Enthält Firmware'] == 'nein':
        return 'outside'
    states = [module(rule, digest, row['Aktualisierbar'] != 'nein', row['Funkanlage'] == 'ja') for digest in row['digests']]
    if all(state is None for state in states):
        return 'outside'
    raw = worst(*(state for state in states if state))
    if row['supplied']:
        raw = better(raw, 'at-risk')
    last, placed, actual = LAST[rule], row['placing'], row['happened']
    if placed is None:
        return better(raw, 'not-assessed')
    if placed > last:
        return raw
    if actual and row['Nachweis']:
        return 'outside'
    far = dt.date.fromisoformat(last) - dt.date.fromisoformat(max(placed, AS_OF)) >= dt.timedelta(days=60)
    if far:
        return 'no-obstacle'
    return better(raw, 'at-risk' if placed > AS_OF else 'not-assessed')


out = []
rows = list(csv.DictReader(open('tests/portfolio/brand-owner.csv', encoding='utf-8-sig'), delimiter=';'))
for number, row in enumerate(rows, start=2):
    market = row['Markt']
    date = lambda name: local(row[name], market) if 'T' in row[name] else day(row[name])
    row['supplied'] = row['Vorgang'] == 'Bereitstellung'
    row['placing'] = date('In Verkehr gebracht am') if row['supplied'] else date('Erfolgt am') or date('Geplant am')
    row['happened'] = row['supplied'] or bool(row['Erfolgt am'])
    names = row['Modul'].split('|') if row['Modul'] else []
    row['digests'] = row['Firmware-SHA-256'].split('|') if names else []
    answers = {rule: under(rule, row) for rule in RULES[market]}
    answer = worst(*answers.values())
    placing = row['placing']
    if names and placing:
        expired = row['Art der Bescheinigung'] == 'Baumusterprüfung' and day(row['Bescheinigung gültig bis']) < placing
        ended = row['Sicherheitsaktualisierungen bis'] and day(row['Sicherheitsaktualisierungen bis']) < placing
        if expired or ended:
            answer = worst(answer, 'at-risk')
    needs = []
    if answer != 'outside':
        versions = row['Firmware-Version'].split('|')
        for at, name in enumerate(names):
            digest, version = row['digests'][at], versions[at]
            what = 'answers' if digest else 'result' if version else 'release'
            needs.append(f"{row['Lieferant'].split('|')[at]}/{name}/{what}")
    out.append([number, row['Artikelnummer'], row['Charge'], answer, *(answers.get(rule, '') for rule in ('RED', 'CRA', 'DE', 'GB')), '|'.join(needs)])

with open('tests/portfolio/brand-owner.expected.csv', 'w', newline='') as file:
    writer = csv.writer(file, lineterminator='\n')
    writer.writerow(['row', 'article', 'batch', 'answer', 'eu-red-2025', 'eu-cra-2027', 'de-2027', 'uk-psti', 'needs'])
    writer.writerows(out)
