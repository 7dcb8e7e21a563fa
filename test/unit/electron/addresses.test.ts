import { describe, expect, test } from 'vitest';
import {
  decideNavigation,
  isDocumentAddress,
  isDoorAddress,
  isWebAddress,
  launchAddress,
  mayLoadInFrame,
} from '../../../main/electron/addresses.ts';

describe('addresses of the desktop shell', () => {
  test.each([
    ['packwright://station/', 'stay'],
    ['packwright://station/orders/17#top', 'stay'],
    ['packwright://station/relaunch', 'relaunch'],
    ['packwright://station/documents/abc.pdf?ticket=1', 'document'],
    ['packwright://station/x/../documents/abc.pdf', 'document'],
    ['packwright://station/api/events', 'deny'],
    ['packwright://elsewhere/', 'deny'],
    ['packwright://station:80/', 'deny'],
    ['packwright://mia@station/', 'deny'],
    ['packwright://station.example.com/', 'deny'],
    ['https://station/', 'deny'],
    ['file:///etc/passwd', 'deny'],
    ['javascript:alert(1)', 'deny'],
    ['data:text/html,hello', 'deny'],
    ['about:blank', 'deny'],
    ['', 'deny'],
  ])('the window that wants to go to %s: %s', (address, decision) => {
    expect(decideNavigation(address)).toBe(decision);
  });

  test('the door answers its own host only', () => {
    const addresses = ['packwright://station/api/orders.import', 'packwright://stationx/', 'http://station/'];
    expect(addresses.map(isDoorAddress)).toEqual([true, false, false]);
  });

  test('a page that only starts like a document is none', () => {
    const addresses = [
      'packwright://station/documents/1.pdf',
      'packwright://station/documentsx',
      'https://a/documents/1',
    ];
    expect(addresses.map(isDocumentAddress)).toEqual([true, false, false]);
  });

  test('frames show documents and the PDF viewer, nothing else', () => {
    const addresses = [
      'packwright://station/documents/1.pdf',
      'blob:packwright://station/6c0f',
      'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/index.html',
      'packwright://station/',
      'chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/index.html',
      'https://example.com/',
      'data:text/html,x',
    ];
    expect(addresses.map(mayLoadInFrame)).toEqual([true, true, true, false, false, false, false]);
  });

  test('only web addresses leave for the system’s browser', () => {
    const addresses = [
      'https://example.com/',
      'http://example.com/',
      'file:///bin/sh',
      'ms-settings:',
      'smb://a/b',
      '',
    ];
    expect(addresses.map(isWebAddress)).toEqual([true, true, false, false, false, false]);
  });

  test('the launch token travels in the fragment, which no request carries', () => {
    expect(launchAddress({ token: 'a/b+c', demo: false, attempt: 0 })).toBe('packwright://station/#launch=a%2Fb%2Bc');
  });

  test('a demo start says so beside the token', () => {
    expect(launchAddress({ token: 't', demo: true, attempt: 0 })).toBe('packwright://station/#launch=t&demo=1');
  });

  test('each later launch is another page to Chromium, not a jump inside the one that is open', () => {
    const [before] = launchAddress({ token: 't', demo: false, attempt: 1 }).split('#');
    const [after] = launchAddress({ token: 't', demo: false, attempt: 2 }).split('#');
    expect(before).not.toBe(after);
  });
});
