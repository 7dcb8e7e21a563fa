import { error, moving, noFlag, type Vector, weight } from './frames.ts';

const net = { mode: 'net' } as const;
const gross = { mode: 'gross' } as const;

/** One frame each as manuals, captures and published code print them. */
export const vectors: Readonly<Record<string, Vector>> = {
  'MT-SICS-01': {
    protocol: 'mt-sics',
    hex: '53205320202020203130302e303020670d0a',
    frames: [weight(100, 'g', 100, net)],
  },
  'MT-SICS-05': {
    protocol: 'mt-sics',
    hex: '5320442031323a30372e3530206c623a6f7a0d0a',
    frames: [weight('12:07.50', 'lb:oz', 5655.7299, { ...net, ...moving })],
  },
  'MT-SICS-08': { protocol: 'mt-sics', hex: '53202b0d0a', frames: [error('overload')] },
  'TOLEDO-8217-01': {
    protocol: 'toledo-8217',
    hex: '0230312e32350d',
    unit: 'lb',
    frames: [weight(1.25, 'lb', 566.9905, gross)],
  },
  'TOLEDO-8217-03': {
    protocol: 'toledo-8217',
    hex: '0230302e3530304e0d',
    unit: 'kg',
    frames: [weight(0.5, 'kg', 500, net)],
  },
  'TOLEDO-8217-06': { protocol: 'toledo-8217', hex: '023f440d', frames: [error('underload')] },
  'NCI-SCP01-01': {
    protocol: 'nci-scp01',
    hex: '0a303030312e32354c420d0a30300d03',
    frames: [weight(1.25, 'lb', 566.9905)],
  },
  'NCI-SCP01-05': { protocol: 'nci-scp01', hex: '0a303135302e30306c620d0a30320d03', frames: [error('overload')] },
  'NCI-SCP01-07': {
    protocol: 'nci-scp01',
    hex: '0a303030312e30306c620d0a3070340d03',
    frames: [weight(1, 'lb', 453.5924, net)],
  },
  'NCI-SCP02-01': {
    protocol: 'nci-scp02',
    hex: '0a30312e3235304c420d0a5330300d03',
    frames: [weight(1.25, 'lb', 566.9905)],
  },
  'NCI-SCP12-01': {
    protocol: 'nci-scp12',
    hex: '0a203031322e33344c420d303003',
    frames: [weight(12.34, 'lb', 5597.3298)],
  },
  'FAIRBANKS-UPS-02': {
    protocol: 'fairbanks-ups',
    hex: '202031322e3334206c6220677220200d0a',
    frames: [weight(12.34, 'lb', 5597.3298, { ...gross, ...moving })],
  },
  'CAS-22-01': {
    protocol: 'cas-22',
    hex: '53542c47532c31c42c3030303031332e35206b670d0a',
    frames: [weight(13.5, 'kg', 13500, gross)],
  },
  'CAS-10': {
    protocol: 'cas-10',
    hex: '20203030312e32350d0a',
    unit: 'lb',
    frames: [weight(1.25, 'lb', 566.9905, noFlag)],
  },
  'CAS-PD2-02': {
    protocol: 'cas-pd2',
    hex: '0102532030312e3233346b67650304',
    frames: [weight(1.234, 'kg', 1234)],
  },
  'AND-01': { protocol: 'and', hex: '53542c2b3030313233342e352020670d0a', frames: [weight(1234.5, 'g', 1234.5)] },
  'AND-06': { protocol: 'and', hex: '4f4c2c2b3939393939392e392020670d0a', frames: [error('overload')] },
  'OHAUS-02': {
    protocol: 'ohaus',
    hex: '2020202031322e3334206b672020203f4e45540d0a',
    frames: [weight(12.34, 'kg', 12340, { ...net, ...moving })],
  },
  'KERN-S-W-02': {
    protocol: 'kern-s-w',
    hex: '20202020202d32392e313836206720200d0a',
    frames: [weight(-29.186, 'g', -29.186, { usable: false })],
  },
  'KERN-S-W-04': { protocol: 'kern-s-w', hex: '202020202020202031322e35200d0a', frames: [error('in_motion')] },
  'KERN-EOC': {
    protocol: 'kern-eoc',
    hex: '53542c4753202020312e3233346b670d0a',
    frames: [weight(1.234, 'kg', 1234, gross)],
  },
  'RADWAG-02': {
    protocol: 'radwag',
    hex: '5349203f202020202020202031382e35206b67200d0a',
    frames: [weight(18.5, 'kg', 18500, moving)],
  },
  'DINI-01': {
    protocol: 'dini',
    hex: '53542c312c2020202031322e33346b672c2020202020302e30306b670d0a',
    frames: [weight(12.34, 'kg', 12340)],
  },
  'ADAM-01': {
    protocol: 'adam',
    hex: '472f5720202b20352e3030206c620d0a',
    frames: [weight(5, 'lb', 2267.9619, { ...gross, ...noFlag })],
  },
  'ADAM-AZEXTRA': { protocol: 'adam', hex: '202020312e3233346b67', frames: [weight(1.234, 'kg', 1234)] },
  'STERLING-7600-01': {
    protocol: 'sterling-7600',
    hex: '53475747726f7373202020302e303130206c620d0a',
    frames: [weight(0.01, 'lb', 4.5359, { ...gross, ...noFlag })],
  },
  'ST-NT-01': {
    protocol: 'st-nt',
    hex: '53542c4e542c2b2020312e3233346b670d0a',
    frames: [weight(1.234, 'kg', 1234, net)],
  },
  'STX-A-01': {
    protocol: 'stx-a',
    hex: '0241202020302e3136350d03',
    unit: 'kg',
    frames: [weight(0.165, 'kg', 165, noFlag)],
  },
  'TOLEDO-CONTINUOUS-01': {
    protocol: 'toledo-continuous',
    hex: '022c30202020313233342020202020300d',
    frames: [weight(12.34, 'kg', 12340, gross)],
  },
  'USB-HID-01': { protocol: 'usb-hid', hex: '03040bff6f04', frames: [weight(113.5, 'oz', 3217.6709)] },
  'USB-HID-02': { protocol: 'usb-hid', hex: '03040cfe1103', frames: [weight(7.85, 'lb', 3560.7001)] },
};
