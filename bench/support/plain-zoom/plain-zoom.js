// OpenSeadragon alone, as its documentation has it, on the tiles of a stored file: `?api=…#path=…&width=…&height=…`.
const api = new URLSearchParams(location.search).get("api") ?? location.origin;
const given = new URLSearchParams(location.hash.slice(1));
const [path, width, height] = [given.get("path"), Number(given.get("width")), Number(given.get("height"))];
const tileSize = 512;
const top = Math.ceil(Math.log2(Math.max(width, height) / tileSize));

const viewer = OpenSeadragon({
  id: "picture",
  drawer: "canvas",
  crossOriginPolicy: "Anonymous",
  showNavigationControl: false,
  tileSources: {
    width,
    height,
    tileSize,
    tileOverlap: 0,
    minLevel: 0,
    maxLevel: top,
    getTileUrl(level, column, row) {
      const tier = 2 ** (top - level);
      const [x, y] = [column * tileSize, row * tileSize];
      const wide = Math.min(tileSize, Math.floor(width / tier) - x);
      const high = Math.min(tileSize, Math.floor(height / tier) - y);
      const region = `left=${x * tier}&top=${y * tier}&width=${wide}&height=${high}&downsample=${top - level}`;
      return `${api}/cgi-bin/imageservice?mime=1&path=${path}&${region}`;
    },
  },
});
viewer.addHandler("open", () => {
  const item = viewer.world.getItemAt(0);
  const tell = () => {
    document.body.dataset.loaded = String(item.getFullyLoaded());
  };
  item.addHandler("fully-loaded-change", tell);
  tell();
});
