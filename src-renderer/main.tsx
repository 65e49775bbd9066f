import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';

function FirstScreen() {
  useEffect(() => {
    document.documentElement.dataset['screen'] = 'ready';
  }, []);
  return (
    <main className="boot">
      <p className="boot-name">节能巡查</p>
    </main>
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(<FirstScreen />);
