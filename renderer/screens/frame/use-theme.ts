import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import type { Theme } from '../../../shared/contract/stations.ts';

/** The operator's colours, on whatever bench they stand; the computer's while nobody is signed in. */
export function useTheme(operators: Theme | undefined): void {
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    setColorScheme(operators === undefined || operators === 'system' ? 'auto' : operators);
  }, [operators, setColorScheme]);
}
