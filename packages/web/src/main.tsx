import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { FirstBoard } from './hub/first-board.ts';
import { reloadForMissingParts } from './shell/missing-parts.ts';
import { applyTheme, storedTheme } from './shell/theme.ts';
import './styles/tokens.css';
import './styles/base.css';

applyTheme(storedTheme());
reloadForMissingParts();

const firstBoard = new FirstBoard();
await firstBoard.settle();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App firstBoard={firstBoard} />
  </StrictMode>,
);
