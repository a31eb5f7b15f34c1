const VIEWER = `  /view/                                     a page to look at it
`;

const PATHS = `  /api/v2/atlas_image_download/{id}          plates, annotated or bare
  /api/v2/section_image_download/{id}        sections
  /api/v2/projection_image_download/{id}     sections of connectivity experiments
  /api/v2/image_download/{id}                images of any kind
  /cgi-bin/imageservice?path=…               a region of a stored picture
  /iiif/3/{image}/info.json                  the same for viewers: IIIF Image API 3.0, and 2.1 at /iiif/2
  /iiif/presentation/collection              IIIF Presentation API 3.0, and {atlas}/manifest an atlas
  /dzi/{image}.dzi                           Deep Zoom
  /api/v2/data/query.json?criteria=…         queries in RMA, also .xml and .csv, also by POST
  /api/v2/data/{Model}/query.json            the same of one model, and {Model}/{id}.json one record
  /api/v2/data/enumerate.json                the models, and {Model}/describe.json one of them
  /api/v2/structure_graph_download/{id}.json an ontology as a tree, also .xml
  /api/v2/tree_search/{Model}/{id}.json      ancestors and descendants of a Structure or Specimen
  /api/v2/svg/{id}                           the drawing of a plate, also svg_download
  /api/v2/image_to_reference/{id}.json       synchronisation: also image_to_image, image_to_image_2d,
                                             image_to_atlas, reference_to_image, structure_to_image
  /grid_data/download/{id}                   expression grids, and download_file projection grids
  /informatics-archive/current-release/…     volumes, masks and meshes of the reference space
  /api/v2/well_known_file_download/{id}      files
  /api/v2/annotated_section_data_sets.json   expert annotation, also compound_annotated_…

Data of the Allen Brain Atlas belong to the Allen Institute for Brain Science and are under its
Terms of Use, https://alleninstitute.org/legal/terms-use/. This program is independent work.
`;

/** What a mirror says at its top. */
export function printAbout(hasViewer: boolean): string {
  return `A mirror of the Allen Brain Atlas API, by brainatlas.\n\n${hasViewer ? VIEWER : ""}${PATHS}`;
}
