// All clients in one run. A page's client is the first folder of its path.
const fs = require("fs");
const path = require("path");
const abbr = require("markdown-it-abbr");

module.exports = function (eleventy) {
  const kept = {};
  const facts = (slug) => (kept[slug] ??= JSON.parse(fs.readFileSync(path.join(__dirname, "facts", `${slug}.json`), "utf8")));
  const clientOf = (inputPath) => inputPath.match(/clients\/([^/]+)\//)[1];
  const definitions = {};
  const glossary = (slug) =>
    (definitions[slug] ??= Object.entries(facts(slug).terms).map(([term, text]) => `*[${term}]: ${text}`).join("\n"));

  eleventy.setUseGitIgnore(false);
  eleventy.amendLibrary("md", (md) => md.use(abbr.default || abbr));
  eleventy.addPreprocessor("glossary", "md", (data, content) => `${content}\n\n${glossary(clientOf(data.page.inputPath))}\n`);
  eleventy.addGlobalData("layout", "page.njk");
  eleventy.addGlobalData("eleventyComputed", {
    slug: (data) => clientOf(data.page.inputPath),
    site: (data) => facts(clientOf(data.page.inputPath)),
    permalink: (data) => {
      const stem = data.page.filePathStem.replace(/(^|\/)index$/, "");
      return `${stem}/index.html`;
    },
  });
  eleventy.addPassthroughCopy({ "static/*": "/" });
  const found = {};
  eleventy.addTransform("search", function (html) {
    const text = html.slice(html.indexOf("<main>"), html.indexOf("</main>")).replace(/<[^>]+>/g, "");
    (found[clientOf(this.page.inputPath)] ??= []).push({ url: this.page.url, text });
    return html;
  });
  eleventy.on("eleventy.after", ({ dir }) => {
    for (const [slug, index] of Object.entries(found))
      fs.writeFileSync(path.join(dir.output, slug, "search.json"), JSON.stringify(index));
  });
  return {
    markdownTemplateEngine: false,
    dir: { input: "clients", includes: "../includes", output: "site" },
    templateFormats: ["md"],
  };
};
