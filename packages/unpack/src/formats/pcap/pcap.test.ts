import { inlaySuite } from '../../testing/inlays.ts'
import { pcap } from './index.ts'

inlaySuite(pcap, ['three.pcap', 'nanoseconds-big-endian.pcap', 'three.pcapng'])
