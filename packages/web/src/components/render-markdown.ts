import createDOMPurify from 'dompurify';
import { Marked, type Tokens } from 'marked';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

// Where a description may lead. Everything else, `javascript:` and `data:` above all, is no link.
const allowedAddress = /^(?:https?:|mailto:|#)/i;

const markdown = new Marked({
  gfm: true,
  breaks: true,
  async: false,
  renderer: {
    // HTML is shown as it was written: nobody writes it here in good faith, and the policy of the page would refuse half of it.
    html: ({ text }) => escaped(text),
    // Pictures would be fetched from elsewhere, which tells others who reads what.
    image: ({ href, text }) => `<a href="${escaped(href)}">${escaped(text || href)}</a>`,
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
    heading({ tokens, depth }: Tokens.Heading) {
      // The page has headings above it.
      const level = Math.min(6, depth + 3);
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>`;
    },
  },
});

/** Markdown as nodes to be put into the page, without anything that could run, be loaded or look like a part of the app. */
export function renderMarkdown(text: string): DocumentFragment {
  const purify = createDOMPurify(window);
  purify.addHook('afterSanitizeAttributes', (node) => {
    if (node.nodeName !== 'A') return;
    node.setAttribute('rel', 'noopener noreferrer');
    node.setAttribute('target', '_blank');
  });
  return purify.sanitize(markdown.parse(text) as string, {
    RETURN_DOM_FRAGMENT: true,
    ALLOWED_URI_REGEXP: allowedAddress,
    USE_PROFILES: { html: true },
    FORBID_TAGS: [
      'img',
      'picture',
      'source',
      'audio',
      'video',
      'svg',
      'style',
      'form',
      'input',
      'button',
      'textarea',
      'select',
      'dialog',
    ],
    FORBID_ATTR: ['style', 'class', 'id', 'name', 'align'],
  });
}
