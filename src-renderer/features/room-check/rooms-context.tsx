import { createContext, useContext, type ReactNode } from 'react';
import type { RoomsModel } from './rooms-model.ts';

const RoomsModelContext = createContext<RoomsModel | null>(null);

export function RoomsModelProvider({ model, children }: { readonly model: RoomsModel; readonly children: ReactNode }) {
  return <RoomsModelContext value={model}>{children}</RoomsModelContext>;
}

/** The rooms on the screen. Using it outside a rooms screen is a bug. */
export function useRoomsModel(): RoomsModel {
  const model = useContext(RoomsModelContext);
  if (!model) throw new Error('no rooms on this screen');
  return model;
}
