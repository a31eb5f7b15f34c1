import { describe, expect, test } from "vitest";
import { textOf } from "./text-of.test-kit.ts";

describe("help of", () => {
  test("brainatlas", async () => {
    expect(await textOf("--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas <command> [options]

      The Allen Brain Atlas on the command line: pictures, structures and data sets, offline too.

      Options:
        -V, --version   print the version
        -h, --help      print this text

      Commands:
        image           download a picture
        atlases         list the atlases
        plates          list the plates of an atlas
        structures      find and show brain structures
        datasets        list data sets by gene, plane and age
        svg             download the drawing of a plate
        sync            map points between images and the reference space
        grid            download the voxel grids of an experiment
        volume          look into volumes: header, slices, labels
        expression      show where a gene is expressed
        connectivity    find and compare tracer experiments
        service         run a connected service
        file            download a well-known file
        rma             ask for rows of any model
        pull            download whole atlases, experiments, volumes
        view            open a viewer in the browser
        serve           serve a mirror of the API, offline
        store           fill and show the store of a mirror
        doctor          check what the program needs
        help [command]  print the help of a command

      Examples:
        $ brainatlas image 100883869 --downsample 4 --annotation
        $ brainatlas image 100883869 --downsample 4 --api sample
        $ brainatlas structures tree HPF
        $ brainatlas datasets --gene Pdyn --plane sagittal
        $ brainatlas pull atlas 1 --dry-run
        $ brainatlas view --sample
        $ brainatlas serve --sample
        $ brainatlas help image

      Results are on standard output, notes and errors on standard error. Exit codes:
      0 done, 1 failed, 2 wrong usage, 130 interrupted. $BRAINATLAS_API and
      $BRAINATLAS_STORE replace the defaults of --api and --store, $NO_COLOR is obeyed,
      $DEBUG prints stack traces.

      Data of the Allen Brain Atlas belong to the Allen Institute for Brain Science
      and are under its Terms of Use, alleninstitute.org/legal/terms-use. This program
      is independent work.
      "
    `);
  });
  test("image", async () => {
    expect(await textOf("image", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas image [options] <id>

      Downloads a picture: a plate of an atlas, or a section of an experiment.

      Arguments:
        id                          id of the image, a whole number

      Picture:
        --service <name>            whose id it is: atlas, section, projection, any (default: atlas)
        --downsample <n>            halvings of both dimensions, 0 to 30 (default: 0)
        --quality <n>               JPEG quality, 0 to 100 (default: the service's)

      Region (default: the whole picture):
        --left <px>                 left edge, full-resolution pixels of the file
        --top <px>                  upper edge, full-resolution pixels of the file
        --width <px>                width of the result in pixels, from 1
        --height <px>               height of the result in pixels, from 1

      Rendering, --service atlas:
        --annotation                the drawn and coloured plate, not the bare stain
        --no-annotation             ask for the bare stain in so many words
        --atlas <id>                id of the atlas whose drawing is meant

      Rendering, --service section, projection or any:
        --view <name>               an alternate rendering: expression, projection,
                                    tumor_feature_annotation, tumor_feature_boundary
        --expression                the expression mask
        --projection                the projection mask (not with --service section)
        --tumor-feature-annotation  the tumor feature overlay (--service any only)
        --tumor-feature-boundary    outlines of tumor features (--service any only)
        --range <a,b,c,d,e,f>       low and high of red, green and blue, 0 to 4095
        --colormap <map>            false colour of a mask: NAME, NUMBER (0 to 11) or either with
                                    :THRESHOLD (0 to 255)
        --rgb <r,g,b>               gain of red, green and blue, each 0 to 1
        --contrast <gain,bias>      gain and bias, each 0 to 1
        --downsample-dimensions     reduce a given --width and --height by --downsample as well

      Output:
        -o, --out <file>            file or folder; - for the bytes on standard output (default: a name
                                    made of the parameters)
        --in-regions <px>           fetch it in parts of this size, several at once, and join them: to a
                                    .tif, .png or .jpg (default: in one piece)
        --open                      open the file in your viewer
        --show <how>                show the picture in the terminal: auto, kitty, iterm, sixel, blocks,
                                    none (default: auto)
        --dry-run                   print the URL and send nothing
        --json                      print one JSON object

      Connection:
        --api <url|sample>          who answers: a URL, or the built-in synthetic atlas (default:
                                    $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>         limit of one attempt (default: 60)
        --retries <n>               how often to try again after a failure that may pass (default: 3)

      General:
        --verbose                   report each step, and print stack traces
        -h, --help                  print this text

      Colour maps: gray, hotmetal, jet, redtemp, expression, red, blue, green, aba,
      aibsmap_alt, colormap, projection, which are the numbers 0 to 11.

      Examples:
        $ brainatlas image 100883869 --downsample 4 --annotation
            a coloured plate, as atlas-image-100883869-ds4-annotation.jpg
        $ brainatlas image 100883869 --downsample 4 --api sample
            the same plate, bare, offline from a synthetic atlas
        $ brainatlas image 100883869 --left 3008 --top 30592 --width 400 --height 300
            a part of the stored file at full resolution
        $ brainatlas image 69750516 --service section --expression --downsample 4 --out mask.jpg
            the expression mask of a section, under a name of your own
        $ brainatlas image 100883869 --downsample 6 --out - | magick - plate.png
            the bytes alone, for another program
        $ brainatlas image 100883869 --in-regions 4096 --out plate.tif
            the whole plate at full resolution, in parts that a server gives readily
        $ brainatlas image 100883869 --downsample 4 --dry-run
            the URL alone; nothing is sent

      A file of the same name is replaced, in one step, when the new one is complete.
      What is joined of regions is kept without loss in .tif and .png, and encoded again in
      .jpg. Meanwhile it takes three bytes a pixel on the disk, in the folder of the file.
      An id may be negative; the service answers that with 404.
      "
    `);
  });
  test("atlases", async () => {
    expect(await textOf("atlases", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas atlases [options]

      Lists the atlases: name, type of the coloured plates, ontology.

      Output:
        --format <name>      table, tsv, csv, json, ndjson (default: table in a terminal, else tsv)
        --json               the same as --format json
        --fields <names>     these fields alone, with dots into included rows, such as
                             id,structure_graph.name
        --limit <n>          most atlases (default: all)

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 3)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      The image_type is that of the coloured plates; the id of the structure graph is for
      --graph of "brainatlas structures", the id of the atlas for "brainatlas plates".

      Formats:
        table    for reading: fits the terminal, with six digits of a fraction; a list of
                 rows is shown by its length
        tsv      a line of names, then one a row; tab, newline, return and backslash
                 inside of a text are \\t, \\n, \\r and \\\\
        csv      the same with commas, and quotes where they are needed (RFC 4180)
        json     one array of rows, whole unless --fields; ndjson has one row a line
      Lists and objects are compact JSON in tsv and csv. Nothing else is done to texts: a
      spreadsheet may take one that starts with = for a formula.

      Examples:
        $ brainatlas atlases
        $ brainatlas atlases --fields id,name,structure_graph.id --format csv
        $ brainatlas atlases --api sample --json
      "
    `);
  });
  test("plates", async () => {
    expect(await textOf("plates", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas plates [options]

      Lists the plates of an atlas, in the order of sections.

      Which:
        --atlas <id>         id of the atlas, as "brainatlas atlases" lists it (default: 1, coronal mouse)
        --annotated          only plates with a drawing of the structures

      Output:
        --format <name>      table, tsv, csv, json, ndjson (default: table in a terminal, else tsv)
        --json               the same as --format json
        --fields <names>     these fields alone, with dots into included rows, such as id,section_number
        --limit <n>          most plates (default: all)

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 3)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      The resolution is in µm a full-resolution pixel, width and height in such pixels.

      Formats:
        table    for reading: fits the terminal, with six digits of a fraction; a list of
                 rows is shown by its length
        tsv      a line of names, then one a row; tab, newline, return and backslash
                 inside of a text are \\t, \\n, \\r and \\\\
        csv      the same with commas, and quotes where they are needed (RFC 4180)
        json     one array of rows, whole unless --fields; ndjson has one row a line
      Lists and objects are compact JSON in tsv and csv. Nothing else is done to texts: a
      spreadsheet may take one that starts with = for a formula.

      Examples:
        $ brainatlas plates --annotated
        $ brainatlas plates --atlas 2 --fields id,section_number
        $ brainatlas plates --atlas 2 --format csv > plates.csv
        $ brainatlas plates --annotated --fields id --format tsv | tail -n +2 |
            xargs -n 1 brainatlas image --downsample 4 --annotation
      "
    `);
  });
  test("structures", async () => {
    expect(await textOf("structures", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas structures [options] [command]

      Finds brain structures of an ontology, and shows how they lie in each other.

      Options:
        -h, --help                  print this text

      Commands:
        find [options] <text>       find structures by id, acronym or name
        tree [options] [structure]  print structures as a tree
        show [options] <structure>  print what is known of a structure
        help [command]              print the help of a command

      Examples:
        $ brainatlas structures find hippocamp
        $ brainatlas structures tree HPF --depth 2
        $ brainatlas structures show CA1
        $ brainatlas help structures tree
      "
    `);
  });
  test("structures find", async () => {
    expect(await textOf("structures", "find", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas structures find [options] <text>

      Finds structures by id, acronym or name.

      Arguments:
        text                 id, acronym or name, or a part of these

      Which:
        --graph <id>         id of the ontology's structure graph (default: 1, mouse)

      Output:
        --format <name>      table, tsv, csv, json, ndjson (default: table in a terminal, else tsv)
        --json               the same as --format json
        --fields <names>     these fields alone, with dots into included rows, such as
                             id,acronym,color_hex_triplet
        --limit <n>          most structures (default: all)

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 3)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      The best match is first: the id; the acronym; the name; what begins so; what
      contains it. Case does not count, but that the very acronym comes first.

      Graphs: 1 mouse, 10 human, 15 glioblastoma, 16 developing human, 17 developing
      mouse, 8 non-human primate.

      Formats:
        table    for reading: fits the terminal, with six digits of a fraction; a list of
                 rows is shown by its length
        tsv      a line of names, then one a row; tab, newline, return and backslash
                 inside of a text are \\t, \\n, \\r and \\\\
        csv      the same with commas, and quotes where they are needed (RFC 4180)
        json     one array of rows, whole unless --fields; ndjson has one row a line
      Lists and objects are compact JSON in tsv and csv. Nothing else is done to texts: a
      spreadsheet may take one that starts with = for a formula.

      Examples:
        $ brainatlas structures find CA1
        $ brainatlas structures find "visual area" --limit 5
        $ brainatlas structures find 382 --json
        $ brainatlas structures find cerebellum --graph 10 --fields id,acronym,name
      "
    `);
  });
  test("structures tree", async () => {
    expect(await textOf("structures", "tree", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas structures tree [options] [structure]

      Prints structures as a tree.

      Arguments:
        structure            id or acronym of the structure to begin at (default: the root)

      Which:
        --graph <id>         id of the ontology's structure graph (default: 1, mouse)
        --depth <n>          levels below the first, from 0 (default: all)

      Output:
        --format <name>      tree, table, tsv, csv, json, ndjson (default: tree)
        --json               the same as --format json
        --fields <names>     these fields alone, with dots into included rows, such as id,acronym,depth

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 3)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      A line of the tree: acronym, name, id, and how many structures lie in it that
      --depth leaves out. In json the structures are nested, each in the "children" of
      another; the other formats have one row a structure, with its "depth".

      Graphs: 1 mouse, 10 human, 15 glioblastoma, 16 developing human, 17 developing
      mouse, 8 non-human primate.

      Examples:
        $ brainatlas structures tree --depth 2
        $ brainatlas structures tree HPF
        $ brainatlas structures tree 1089 --format csv > hippocampus.csv
        $ brainatlas structures tree --graph 10 --json
      "
    `);
  });
  test("structures show", async () => {
    expect(await textOf("structures", "show", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas structures show [options] <structure>

      Prints what is known of a structure: colour, level, path, parent and children.

      Arguments:
        structure            id, acronym or name of the structure

      Which:
        --graph <id>         id of the ontology's structure graph (default: 1, mouse)

      Output:
        --json               print one JSON object

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 3)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      Graphs: 1 mouse, 10 human, 15 glioblastoma, 16 developing human, 17 developing
      mouse, 8 non-human primate.

      Examples:
        $ brainatlas structures show CA1
        $ brainatlas structures show 382 --json
        $ brainatlas structures show 4005 --graph 10
      "
    `);
  });
  test("datasets", async () => {
    expect(await textOf("datasets", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas datasets [options]

      Lists data sets of sections: experiments in situ and others, by gene, product, plane and age.

      Which:
        --gene <names>       acronyms or ids of genes, such as Pdyn
        --product <names>    abbreviations or ids of products, such as Mouse
        --plane <name>       plane of section: coronal, sagittal or another of the service's
        --age <names>        ages of the donor, such as P56 or E11.5
        --treatment <names>  treatments, such as ISH or NISSL; case-sensitive
        --failed             those that failed the quality control too

      Rows:
        --all                all rows, page by page

      Output:
        --format <name>      table, tsv, csv, json, ndjson (default: table in a terminal, else tsv)
        --json               the same as --format json
        --fields <names>     these fields alone, with dots into included rows, such as id,genes.acronym
        --limit <n>          most data sets (default: 50)

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 3)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      Conditions add up. Those that take several values, with commas between them, are
      met by any of these. Acronyms are case-sensitive: mouse has Pdyn where human has PDYN.

      Formats:
        table    for reading: fits the terminal, with six digits of a fraction; a list of
                 rows is shown by its length
        tsv      a line of names, then one a row; tab, newline, return and backslash
                 inside of a text are \\t, \\n, \\r and \\\\
        csv      the same with commas, and quotes where they are needed (RFC 4180)
        json     one array of rows, whole unless --fields; ndjson has one row a line
      Lists and objects are compact JSON in tsv and csv. Nothing else is done to texts: a
      spreadsheet may take one that starts with = for a formula.

      Examples:
        $ brainatlas datasets --gene Pdyn --plane sagittal
        $ brainatlas datasets --gene Snca,Gba --product Mouse --fields id,genes.acronym
        $ brainatlas datasets --gene 18608 --json
        $ brainatlas datasets --product DevMouse --age E11.5,E13.5 --all --format csv
      "
    `);
  });
  test("svg", async () => {
    expect(await textOf("svg", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas svg [options] <id>

      Downloads the drawing of a plate as SVG, or says which structures it shows.

      Arguments:
        id                    id of the plate, a whole number

      Drawing:
        --downsample <n>      halvings of both dimensions, 0 to 30 (default: 0)
        --groups <ids>        groups of regions, with commas between them (default: all)
        --structures <names>  ids or acronyms of structures, with what lies in them (default: all)
        --graph <id>          structure graph of the acronyms (default: 1, mouse)

      Rows instead of the drawing:
        --at <x,y>            the structures at a point; may be given several times
        --list                the structures that are drawn: number of regions, area in px², box

      Output:
        --format <name>       table, tsv, csv, json, ndjson (default: table in a terminal, else tsv)
        --json                the same as --format json
        --fields <names>      these fields alone, with dots into included rows, such as id,acronym
        -o, --out <file>      file or folder; - for the text on standard output (default: a name made of
                              the parameters)
        --dry-run             print the URL and send nothing

      Connection:
        --api <url|sample>    who answers: a URL, or the built-in synthetic atlas (default:
                              $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>   limit of one attempt (default: 60)
        --retries <n>         how often to try again after a failure that may pass (default: 3)

      General:
        --verbose             report each step, and print stack traces
        -h, --help            print this text

      Pixels are those of the full resolution, right and down from the corner of the section's
      box. A structure stands for all that lie in it: its own regions are often not drawn, but
      those of its parts. Regions lie on one another, and the area of one holds what is painted
      over it: do not add up those of structures that lie in each other. Without --at and --list,
      --json prints one JSON object about the file. A file of the same name is replaced.

      Groups of regions: 28 adult mouse, 159226751 its fibre tracts, 32 developing mouse.
      Graphs: 1 mouse, 10 human, 16 developing human, 17 developing mouse.

      Examples:
        $ brainatlas svg 100960224
            the whole drawing, as drawing-100960224.svg
        $ brainatlas svg 100960224 --structures HPF,TH --downsample 4
            hippocampus and thalamus, as drawing-100960224-ds4-structures1089_549.svg
        $ brainatlas svg 100960224 --groups 28 --out - | magick svg:- plate.png
            the text alone, for another program
        $ brainatlas svg 100960224 --at 7000,3000 --at 6500,2000
            what is painted at two points, the topmost first
        $ brainatlas svg 100960224 --list --api sample
            which structures are drawn, how large, and where
        $ brainatlas svg 112282603 --list --graph 10
            the same of a plate of the human brain
      "
    `);
  });
  test("grid", async () => {
    expect(await textOf("grid", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas grid [options] <dataset>

      Downloads the voxel grids of an experiment: gene expression, or projections of a tracer.

      Arguments:
        dataset              id of the experiment, a SectionDataSet

      Which:
        --include <names>    volumes of an expression experiment: energy, density, intensity, injection
        --projection <name>  a volume of a tracer experiment: projection_density, projection_energy,
                             injection_fraction, injection_density, injection_energy, data_mask
        --resolution <µm>    edge of its voxels: 10, 25, 50, 100 (default: 100)

      Output:
        -o, --out <file>     file or folder; - for the bytes on standard output (default: a name made of
                             the options)
        --info               print what the volumes are like
        --dry-run            print the URL and send nothing

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 3)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      An expression experiment has one zip, with energy and the record of the data set
      unless --include names volumes; −1 stands for no data. A tracer experiment has one
      NRRD file for each --projection and --resolution.

      Examples:
        $ brainatlas grid 69289763
            energy of an expression experiment, as grid-69289763.zip
        $ brainatlas grid 69289763 --include energy,intensity --info
            two volumes, and what they are like
        $ brainatlas grid 181777177 --projection injection_fraction --resolution 25
            as grid-181777177-injection_fraction-25.nrrd
        $ brainatlas grid 69289763 --dry-run
            the URL alone; nothing is sent

      A file of the same name is replaced, in one step, when the new one is complete and
      is what it is to be. "brainatlas volume" looks into it.
      "
    `);
  });
  test("volume", async () => {
    expect(await textOf("volume", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas volume [options] [command]

      Looks into volumes: what they are, slices of them, and what is at a point.

      Options:
        -h, --help                print this text

      Commands:
        info [options] <volume>   print what is known of a volume
        slice [options] <volume>  draw a slice as a PNG
        label [options] <volume>  print what is at a point
        help [command]            print the help of a command

      Examples:
        $ brainatlas volume info annotation --resolution 100
        $ brainatlas volume slice annotation --axis coronal --at 6600 --out slice.png
        $ brainatlas volume label annotation --at 6600,4000,5700
        $ brainatlas help volume slice
      "
    `);
  });
  test("volume info", async () => {
    expect(await textOf("volume", "info", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas volume info [options] <volume>

      Prints size, spacing, type and range of a volume, and of an annotation the number of its labels.

      Arguments:
        volume               annotation, template, nissl or a file

      Which:
        --resolution <µm>    of a reference volume: 10, 25, 50, 100 (default: 25)
        --release <name>     of the annotation: ccf_2022, ccf_2017, ccf_2016, ccf_2015, mouse_2011,
                             devmouse_2012 (default: ccf_2017)
        --name <volume>      which volume of a zip (default: the only one)
        --spacing <µm>       edge of a voxel, for a file that gives none
        --as <what>          what values are: labels, values (default: labels where "annotation" is in the
                             name)

      Output:
        --json               print one JSON object

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 3)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      A volume is annotation, template or nissl, the reference volumes of the mouse, or a
      file: .nrrd, .nhdr, .mhd, .mha, or the .zip of a grid. ./annotation is a file.

      Axes are those of the reference space: anterior to posterior, superior to inferior,
      left to right; µm from the corner of the first voxel.

      Examples:
        $ brainatlas volume info annotation
        $ brainatlas volume info template --resolution 50 --json
        $ brainatlas volume info gridAnnotation.zip
        $ brainatlas volume info ./energy.mhd --json
      "
    `);
  });
  test("volume slice", async () => {
    expect(await textOf("volume", "slice", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas volume slice [options] <volume>

      Draws a slice of a volume as a PNG, one pixel a voxel.

      Arguments:
        volume               annotation, template, nissl or a file

      Slice:
        --axis <plane>       coronal, horizontal, sagittal (default: coronal)
        --at <µm>            position along the axis (default: the middle)
        --index <n>          the same as the number of the slice, from 0
        --window <a,b>       the values that are black and white (default: those of the slice)

      Which:
        --resolution <µm>    of a reference volume: 10, 25, 50, 100 (default: 25)
        --release <name>     of the annotation: ccf_2022, ccf_2017, ccf_2016, ccf_2015, mouse_2011,
                             devmouse_2012 (default: ccf_2017)
        --name <volume>      which volume of a zip (default: the only one)
        --spacing <µm>       edge of a voxel, for a file that gives none
        --as <what>          what values are: labels, values (default: labels where "annotation" is in the
                             name)

      Structures:
        --structures <file>  file of a structure graph in JSON (default: asked of --api)
        --graph <id>         id of the structure graph (default: 1, mouse)

      Output:
        -o, --out <file>     file or folder; - for the bytes on standard output (default: a name made of
                             the options)
        --show <how>         show the picture in the terminal: auto, kitty, iterm, sixel, blocks, none
                             (default: auto)

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 3)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      A volume is annotation, template or nissl, the reference volumes of the mouse, or a
      file: .nrrd, .nhdr, .mhd, .mha, or the .zip of a grid. ./annotation is a file.

      Axes are those of the reference space: anterior to posterior, superior to inferior,
      left to right; µm from the corner of the first voxel.

      Labels have the colours of their structures, from --api or from a file; where there
      is none, the picture is transparent. Values are shades of grey. A file of the same
      name is replaced.

      Examples:
        $ brainatlas volume slice annotation --axis coronal --at 6600
            a plate of the annotation, as annotation-25-coronal-264.png
        $ brainatlas volume slice annotation --resolution 50 --axis sagittal --index 80 --api sample
            of the synthetic atlas, offline
        $ brainatlas volume slice template --axis horizontal --at 4000 --window 0,400
            the template; 400 and more is white
        $ brainatlas volume slice grid.zip --name energy --axis coronal --index 33 --show blocks
      "
    `);
  });
  test("volume label", async () => {
    expect(await textOf("volume", "label", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas volume label [options] <volume>

      Prints the value of a volume at a point, and of an annotation the structure.

      Arguments:
        volume               annotation, template, nissl or a file

      Where:
        --at <x,y,z>         point in µm; may be given several times
        --points <file>      table of points; - for standard input
        --columns <names>    columns of the coordinates (default: x,y,z, or x_um,y_um,z_um)

      Which:
        --resolution <µm>    of a reference volume: 10, 25, 50, 100 (default: 25)
        --release <name>     of the annotation: ccf_2022, ccf_2017, ccf_2016, ccf_2015, mouse_2011,
                             devmouse_2012 (default: ccf_2017)
        --name <volume>      which volume of a zip (default: the only one)
        --spacing <µm>       edge of a voxel, for a file that gives none
        --as <what>          what values are: labels, values (default: labels where "annotation" is in the
                             name)

      Structures:
        --structures <file>  file of a structure graph in JSON (default: asked of --api)
        --graph <id>         id of the structure graph (default: 1, mouse)

      Output:
        --format <name>      table, tsv, csv, json, ndjson (default: words of one point, else rows)
        --json               the same as --format json
        --fields <names>     these fields alone, with dots into included rows, such as
                             structure_id,structure_acronym

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 3)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      A volume is annotation, template or nissl, the reference volumes of the mouse, or a
      file: .nrrd, .nhdr, .mhd, .mha, or the .zip of a grid. ./annotation is a file.

      Axes are those of the reference space: anterior to posterior, superior to inferior,
      left to right; µm from the corner of the first voxel.

      One point is told in words, or by --json as one object. Several points, --points and
      --format give rows: the columns of the point, then structure_id, structure_acronym and
      structure_name, or value. The volume is read once. No data is no value.

      Examples:
        $ brainatlas volume label annotation --at 6600,4000,5700
        $ brainatlas volume label annotation_25.nrrd --at 6600,4000,5700 --structures 1.json
        $ brainatlas volume label template --at 6600,4000,5700 --json
        $ brainatlas volume label annotation --points cells.csv --format csv
        $ brainatlas sync image-to-reference 100960224 --points cells.csv \\
            | brainatlas volume label annotation --points -
      "
    `);
  });
  test("expression", async () => {
    expect(await textOf("expression", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas expression [options] <gene>

      Shows in which structures of the mouse brain a gene is expressed, strongest first.

      Arguments:
        gene                  acronym or id of the gene; case-sensitive: mouse has Pdyn where human has
                              PDYN

      Which:
        --data-set <id>       the data set (default: a coronal one)
        --product <names>     products of the data sets (default: Mouse)
        --structures <names>  acronyms or ids of structures
        --set <set>           id or name of a structure set (default: 687527670, the 12 major divisions of
                              the mouse brain)
        --measure <name>      energy or density (default: energy)

      Picture:
        --plot <file>         draw the values as bars into a file: .svg or .png

      Output:
        --format <name>       table, tsv, csv, json, ndjson (default: table in a terminal, else tsv)
        --json                the same as --format json
        --fields <names>      these fields alone, with dots into included rows, such as
                              structure.acronym,expression_energy
        --limit <n>           most structures (default: all)

      Connection:
        --api <url|sample>    who answers: a URL, or the built-in synthetic atlas (default:
                              $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>   limit of one attempt (default: 60)
        --retries <n>         how often to try again after a failure that may pass (default: 3)

      General:
        --verbose             report each step, and print stack traces
        -h, --help            print this text

      Of several data sets of the gene, a coronal one is taken, else the first; --data-set
      chooses, and "brainatlas datasets --gene Pdyn" lists them. Energy is the intensity of
      the expressing pixels over all pixels of a structure, density their share. --plot
      replaces a file of the same name.

      Formats:
        table    for reading: fits the terminal, with six digits of a fraction; a list of
                 rows is shown by its length
        tsv      a line of names, then one a row; tab, newline, return and backslash
                 inside of a text are \\t, \\n, \\r and \\\\
        csv      the same with commas, and quotes where they are needed (RFC 4180)
        json     one array of rows, whole unless --fields; ndjson has one row a line
      Lists and objects are compact JSON in tsv and csv. Nothing else is done to texts: a
      spreadsheet may take one that starts with = for a formula.

      Examples:
        $ brainatlas expression Pdyn
        $ brainatlas expression Pdyn --plot pdyn.png
        $ brainatlas expression Pdyn --structures CA1,CA3,DG --measure density
        $ brainatlas expression Snca --data-set 986 --set 167587189 --format csv
        $ brainatlas expression Pdyn --api sample --plot pdyn.svg
      "
    `);
  });
  test("connectivity", async () => {
    expect(await textOf("connectivity", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas connectivity [options] [command]

      Finds tracer experiments of the mouse connectivity atlas, and compares their projections.

      Options:
        -h, --help                   print this text

      Commands:
        experiments [options]        list experiments by the injection
        search [options]             search experiments by source, target, place or likeness
        unionizes [options] <id...>  print projections by structure
        matrix [options] <id...>     print projections as a matrix of experiments and structures
        help [command]               print the help of a command

      Examples:
        $ brainatlas connectivity experiments --structure MOs
        $ brainatlas connectivity search --source Isocortex --target TH
        $ brainatlas connectivity unionizes 126862385
        $ brainatlas connectivity matrix 126862385 100141599 --format csv
        $ brainatlas help connectivity search
      "
    `);
  });
  test("connectivity experiments", async () => {
    expect(await textOf("connectivity", "experiments", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas connectivity experiments [options]

      Lists tracer experiments by their injection.

      Which:
        --id <ids>           ids of experiments
        --structure <names>  acronyms or ids of structures
        --below              those that lie in the structures, too
        --line <names>       transgenic lines
        --strain <names>     strains of the mouse
        --product <ids>      ids of products: 5, 31 or another

      Rows:
        --all                all rows, page by page

      Output:
        --format <name>      table, tsv, csv, json, ndjson (default: table in a terminal, else tsv)
        --json               the same as --format json
        --fields <names>     these fields alone, with dots into included rows, such as
                             data_set_id,structure_abbrev
        --limit <n>          most experiments (default: 50)

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 3)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      The structure is that of the injection's center, and the finest that there is; --below
      takes those that lie in it, too. Names are checked by the structure graph. Coordinates are µm of the reference space, from
      anterior, superior and left; volumes are mm³.

      Formats:
        table    for reading: fits the terminal, with six digits of a fraction; a list of
                 rows is shown by its length
        tsv      a line of names, then one a row; tab, newline, return and backslash
                 inside of a text are \\t, \\n, \\r and \\\\
        csv      the same with commas, and quotes where they are needed (RFC 4180)
        json     one array of rows, whole unless --fields; ndjson has one row a line
      Lists and objects are compact JSON in tsv and csv. Nothing else is done to texts: a
      spreadsheet may take one that starts with = for a formula.

      Examples:
        $ brainatlas connectivity experiments --structure VISp,VISl
        $ brainatlas connectivity experiments --structure Isocortex --below --all --format csv
        $ brainatlas connectivity experiments --line Syt6-Cre_KI148 --json
      "
    `);
  });
  test("connectivity search", async () => {
    expect(await textOf("connectivity", "search", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas connectivity search [options]

      Searches tracer experiments by source, target, place or likeness.

      Which:
        --source <names>     structures of the injection, and those below them
        --target <names>     structures that are projected to
        --through <x,y,z>    a point that the projection passes through
        --near <x,y,z>       a point that the injection is near to
        --like <id>          an experiment
        --hemisphere <name>  hemisphere of the target: left or right
        --line <names>       transgenic lines, by names or ids
        --wild-type          mice without a transgenic line alone
        --primary-only       where the center of the injection is in the source
        --product <ids>      ids of products: 5, 31 or another

      Rows:
        --all                all rows, page by page

      Output:
        --format <name>      table, tsv, csv, json, ndjson (default: table in a terminal, else tsv)
        --json               the same as --format json
        --fields <names>     these fields alone, with dots into included rows, such as id,structure-abbrev
        --limit <n>          most experiments (default: 50)
        --dry-run            print the URL and send nothing

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 3)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      One of four searches, which the API computes:
        --source     experiments by the structures of the injection, largest first; with
                     --target those that project there, and how much
        --through    experiments whose projection passes through a point, with its density
        --near       experiments by the distance of their injection from a point
        --like       experiments by how their projections correlate with those of one, over
                     the structures of --target
      --source narrows the other searches, too. Points are µm of the reference space, from
      anterior, superior and left.

      Formats:
        table    for reading: fits the terminal, with six digits of a fraction; a list of
                 rows is shown by its length
        tsv      a line of names, then one a row; tab, newline, return and backslash
                 inside of a text are \\t, \\n, \\r and \\\\
        csv      the same with commas, and quotes where they are needed (RFC 4180)
        json     one array of rows, whole unless --fields; ndjson has one row a line
      Lists and objects are compact JSON in tsv and csv. Nothing else is done to texts: a
      spreadsheet may take one that starts with = for a formula.

      Examples:
        $ brainatlas connectivity search --source Isocortex --wild-type
        $ brainatlas connectivity search --source VISp --target TH --hemisphere left
        $ brainatlas connectivity search --through 6900,5050,6450 --all --format csv
        $ brainatlas connectivity search --near 6900,5050,6450 --limit 5
        $ brainatlas connectivity search --like 112670853 --target TH
      "
    `);
  });
  test("connectivity unionizes", async () => {
    expect(await textOf("connectivity", "unionizes", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas connectivity unionizes [options] <id...>

      Prints the projections of experiments by structure.

      Arguments:
        id                    ids of experiments

      What:
        --structures <names>  acronyms or ids of structures
        --hemisphere <names>  left, right or both together (default: both)
        --injection           the injection site, in place of the rest
        --measure <name>      projection_volume, projection_density, projection_energy or another column
                              of the rows (default: projection_volume)

      Rows:
        --all                 all rows, page by page

      Output:
        --format <name>       table, tsv, csv, json, ndjson (default: table in a terminal, else tsv)
        --json                the same as --format json
        --fields <names>      these fields alone, with dots into included rows, such as
                              structure.acronym,projection_volume
        --limit <n>           most rows (default: 50)

      Connection:
        --api <url|sample>    who answers: a URL, or the built-in synthetic atlas (default:
                              $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>   limit of one attempt (default: 60)
        --retries <n>         how often to try again after a failure that may pass (default: 3)

      General:
        --verbose             report each step, and print stack traces
        -h, --help            print this text

      A row for each structure: most first, by --measure. Volumes are mm³; hemisphere is
      hemisphere_id in words.

      Formats:
        table    for reading: fits the terminal, with six digits of a fraction; a list of
                 rows is shown by its length
        tsv      a line of names, then one a row; tab, newline, return and backslash
                 inside of a text are \\t, \\n, \\r and \\\\
        csv      the same with commas, and quotes where they are needed (RFC 4180)
        json     one array of rows, whole unless --fields; ndjson has one row a line
      Lists and objects are compact JSON in tsv and csv. Nothing else is done to texts: a
      spreadsheet may take one that starts with = for a formula.

      Examples:
        $ brainatlas connectivity unionizes 126862385
        $ brainatlas connectivity unionizes 126862385 --structures TH,LGd --hemisphere left,right
        $ brainatlas connectivity unionizes 126862385 --injection --json
      "
    `);
  });
  test("connectivity matrix", async () => {
    expect(await textOf("help", "connectivity", "matrix")).toMatchInlineSnapshot(`
      "Usage: brainatlas connectivity matrix [options] <id...>

      Prints projections as a matrix of experiments and structures.

      Arguments:
        id                    ids of experiments

      What:
        --structures <names>  acronyms or ids of structures
        --hemisphere <names>  left, right or both together (default: left,right)
        --injection           the injection site, in place of the rest
        --measure <name>      projection_volume, projection_density, projection_energy or another column
                              of the rows (default: projection_volume)
        --set <set>           id or name of a structure set (default: 687527670, the 12 major divisions of
                              the mouse brain)

      Output:
        --format <name>       table, tsv, csv, json, ndjson (default: table in a terminal, else csv)
        --json                the same as --format json
        --fields <names>      these fields alone, with dots into included rows, such as "experiment,TH
                              left"

      Connection:
        --api <url|sample>    who answers: a URL, or the built-in synthetic atlas (default:
                              $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>   limit of one attempt (default: 60)
        --retries <n>         how often to try again after a failure that may pass (default: 3)

      General:
        --verbose             report each step, and print stack traces
        -h, --help            print this text

      A row for each experiment, a column for each structure and hemisphere; a cell is empty
      where there is no value.

      Formats:
        table    for reading: fits the terminal, with six digits of a fraction; a list of
                 rows is shown by its length
        tsv      a line of names, then one a row; tab, newline, return and backslash
                 inside of a text are \\t, \\n, \\r and \\\\
        csv      the same with commas, and quotes where they are needed (RFC 4180)
        json     one array of rows, whole unless --fields; ndjson has one row a line
      Lists and objects are compact JSON in tsv and csv. Nothing else is done to texts: a
      spreadsheet may take one that starts with = for a formula.

      Examples:
        $ brainatlas connectivity matrix 126862385 100141599 > matrix.csv
        $ brainatlas connectivity matrix 126862385 --structures TH,HY --hemisphere both
        $ brainatlas connectivity matrix 126862385 --set 167587189 --measure projection_density
      "
    `);
  });
  test("service", async () => {
    expect(await textOf("service", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas service [options] <name> [parameter=value...]
             brainatlas service describe <name>
             brainatlas service --list

      Runs a connected service of the API, and prints its rows.

      Arguments:
        words                the service and its parameters, or describe and a service

      Which:
        --list               list the services

      Rows:
        --all                all rows, page by page

      Output:
        --format <name>      table, tsv, csv, json, ndjson (default: table in a terminal, else tsv)
        --json               the same as --format json
        --fields <names>     these fields alone, with dots into included rows, such as id,structure-abbrev
        --limit <n>          most rows (default: 50)
        --dry-run            print the URL and send nothing

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 3)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      The services compute their answers: searches for genes by where they are expressed,
      for tracer experiments by where they lead, for values by probe and sample. Parameters
      are those of the API. Values of a list have commas between them; numbers, acronyms
      and words are written as they are. num_rows is the same as --limit.

      The services for expression answer with one object of probes and samples: whole in
      json and ndjson, one row for each probe and sample in the other formats.

      Formats:
        table    for reading: fits the terminal, with six digits of a fraction; a list of
                 rows is shown by its length
        tsv      a line of names, then one a row; tab, newline, return and backslash
                 inside of a text are \\t, \\n, \\r and \\\\
        csv      the same with commas, and quotes where they are needed (RFC 4180)
        json     one array of rows, whole unless --fields; ndjson has one row a line
      Lists and objects are compact JSON in tsv and csv. Nothing else is done to texts: a
      spreadsheet may take one that starts with = for a formula.

      Examples:
        $ brainatlas service --list
        $ brainatlas service describe mouse_differential
        $ brainatlas service mouse_differential set=mouse structures1=8 structures2=315
        $ brainatlas service mouse_connectivity_target_spatial seed_point=6900,5050,6450 --all
        $ brainatlas service human_microarray_expression probes=1023146,1023147 donors=15496 --format csv
        $ brainatlas service mouse_correlation set=mouse row=68918934 --dry-run
      "
    `);
  });
  test("file", async () => {
    expect(await textOf("file", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas file [options] [ids...]

      Downloads well-known files: reconstructions, recordings, parameters of models.

      Arguments:
        ids                  ids of files, from 1

      Which:
        --owner <id>         the files of a record, by its id
        --type <name>        of these, the files of a type, such as 3DNeuronMarker
        --list               list them and download nothing

      Output:
        --format <name>      table, tsv, csv, json, ndjson (default: table in a terminal, else tsv)
        --json               the same as --format json
        --fields <names>     these fields alone, with dots into included rows, such as
                             id,well_known_file_type.name
        -o, --out <file>     file or folder; - for the bytes on standard output (default: this folder)
        --info               save a reconstruction, and print its measures too

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 3)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      A file is saved under the name that the service gives it. What breaks off goes on where
      it did, if the server knows how; a file has its name only when it is complete. A file
      of the same name is replaced, but for one of the same run: then the name has the id too.
      --info saves the file as well; one that is no reconstruction is saved and told.

      Examples:
        $ brainatlas file 491459173 --info
            save the reconstruction of a neuron (SWC), and print its measures
        $ brainatlas file --owner 491459171 --list
            which files a record has
        $ brainatlas file --owner 491459171 --type 3DNeuronReconstruction -o neurons/
            those of a type, into a folder
        $ brainatlas file 491459173 --api sample --out - | head
            the bytes alone, for another program
      "
    `);
  });
  test("sync", async () => {
    expect(await textOf("sync", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas sync [options] [command]

      Maps points between images of data sets and reference space.

      Options:
        -h, --help                               print this text

      Commands:
        image-to-reference [options] <image>     find points of an image in reference space
        reference-to-image [options] <space>     find points of reference space on images
        image-to-image [options] <image>         find points of an image on other data sets
        image-to-image-2d [options] <image>      find points of an image on others of its specimen
        image-to-atlas [options] <image>         find points of an image on the plates of an atlas
        structure-to-image [options] <data-set>  find the section that shows each structure
        register [options] <image>               bring a section onto the grid of reference space
        help [command]                           print the help of a command

      Images are in pixels of the full resolution, right and down from the corner of the
      section's box. Reference space is in µm: x to posterior, y to inferior, z to the right.
      Which space a data set is in, its record says (reference_space_id); those of the adult
      mouse are 9 and 10, which have left and right exchanged.

      Examples:
        $ brainatlas sync image-to-reference 100883869 --at 1000,2000
        $ brainatlas sync reference-to-image 9 --at 6085,3670,4883 --data-sets 100048576
        $ brainatlas sync image-to-atlas 69750516 --points cells.csv --atlas 1 --format csv
        $ brainatlas sync structure-to-image 100048576 --structures HPF,TH
        $ brainatlas sync register 69750516 --spacing 25 --out section.png
        $ brainatlas help sync reference-to-image
      "
    `);
  });
  test("sync image-to-reference", async () => {
    expect(await textOf("sync", "image-to-reference", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas sync image-to-reference [options] <image>

      Finds points of an image in reference space.

      Arguments:
        image                id of the image that points are of

      Points:
        --at <x,y>           a point; may be given several times
        --points <file>      table of points; - for standard input
        --columns <names>    columns of the coordinates (default: x,y)

      How:
        --local              compute here, from the alignments (default with --points)
        --remote             ask the service for each point (default with --at)

      Output:
        --format <name>      table, tsv, csv, json, ndjson (default: table in a terminal, else tsv)
        --json               the same as --format json
        --fields <names>     these fields alone, with dots into included rows, such as x_um,y_um,z_um

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 3)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      Points of --points come as csv or tsv with names of columns above them, or as ndjson;
      other columns go along. Points of --at are asked of the service, one request each. Those
      of --points are computed here, by the service's own arithmetic, from alignments that are
      asked for once; memory does not grow with their number. --local and --remote say
      otherwise.
      A target that is not there, or in which no image is found, has empty cells; notes tell.

      Formats:
        table    for reading: fits the terminal, with six digits of a fraction; a list of
                 rows is shown by its length
        tsv      a line of names, then one a row; tab, newline, return and backslash
                 inside of a text are \\t, \\n, \\r and \\\\
        csv      the same with commas, and quotes where they are needed (RFC 4180)
        json     one array of rows, whole unless --fields; ndjson has one row a line
      Lists and objects are compact JSON in tsv and csv. Nothing else is done to texts: a
      spreadsheet may take one that starts with = for a formula.

      Examples:
        $ brainatlas sync image-to-reference 100883869 --at 1000,2000
        $ brainatlas sync image-to-reference 100883869 --points cells.csv --format csv
        $ brainatlas sync image-to-reference 100883869 --points - --columns px,py < cells.tsv
      "
    `);
  });
  test("sync reference-to-image", async () => {
    expect(await textOf("sync", "reference-to-image", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas sync reference-to-image [options] <space>

      Finds points of reference space on images.

      Arguments:
        space                id of the reference space of points: 9 or 10 for the adult mouse

      Points:
        --at <x,y,z>         a point; may be given several times
        --points <file>      table of points; - for standard input
        --columns <names>    columns of the coordinates (default: x,y,z, or x_um,y_um,z_um)

      Where:
        --data-sets <ids>    ids of data sets, with commas between them

      How:
        --local              compute here, from the alignments (default with --points)
        --remote             ask the service for each point (default with --at)

      Output:
        --format <name>      table, tsv, csv, json, ndjson (default: table in a terminal, else tsv)
        --json               the same as --format json
        --fields <names>     these fields alone, with dots into included rows, such as
                             section_image_id,x_px,y_px

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 3)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      Points of --points come as csv or tsv with names of columns above them, or as ndjson;
      other columns go along. Points of --at are asked of the service, one request each. Those
      of --points are computed here, by the service's own arithmetic, from alignments that are
      asked for once; memory does not grow with their number. --local and --remote say
      otherwise.
      A target that is not there, or in which no image is found, has empty cells; notes tell.

      Formats:
        table    for reading: fits the terminal, with six digits of a fraction; a list of
                 rows is shown by its length
        tsv      a line of names, then one a row; tab, newline, return and backslash
                 inside of a text are \\t, \\n, \\r and \\\\
        csv      the same with commas, and quotes where they are needed (RFC 4180)
        json     one array of rows, whole unless --fields; ndjson has one row a line
      Lists and objects are compact JSON in tsv and csv. Nothing else is done to texts: a
      spreadsheet may take one that starts with = for a formula.

      Examples:
        $ brainatlas sync reference-to-image 9 --at 6085,3670,4883 --data-sets 100048576,126862385
        $ brainatlas sync reference-to-image 9 --points - --columns x_um,y_um,z_um \\
            --data-sets 100048576 < points.csv
      "
    `);
  });
  test("sync structure-to-image", async () => {
    expect(await textOf("sync", "structure-to-image", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas sync structure-to-image [options] <data-set>

      Finds the section of a data set that is nearest to the middle of each structure.

      Arguments:
        data-set              id of the data set

      Which:
        --structures <names>  acronyms or ids of structures, with commas between them
        --graph <id>          structure graph of the acronyms (default: 1, mouse)

      Output:
        --format <name>       table, tsv, csv, json, ndjson (default: table in a terminal, else tsv)
        --json                the same as --format json
        --fields <names>      these fields alone, with dots into included rows, such as
                              structure_id,section_image_id

      Connection:
        --api <url|sample>    who answers: a URL, or the built-in synthetic atlas (default:
                              $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>   limit of one attempt (default: 60)
        --retries <n>         how often to try again after a failure that may pass (default: 3)

      General:
        --verbose             report each step, and print stack traces
        -h, --help            print this text

      Formats:
        table    for reading: fits the terminal, with six digits of a fraction; a list of
                 rows is shown by its length
        tsv      a line of names, then one a row; tab, newline, return and backslash
                 inside of a text are \\t, \\n, \\r and \\\\
        csv      the same with commas, and quotes where they are needed (RFC 4180)
        json     one array of rows, whole unless --fields; ndjson has one row a line
      Lists and objects are compact JSON in tsv and csv. Nothing else is done to texts: a
      spreadsheet may take one that starts with = for a formula.

      Examples:
        $ brainatlas sync structure-to-image 100048576 --structures HPF,TH
        $ brainatlas sync structure-to-image 126862385 --structures 315,698,1089 --json
      "
    `);
  });
  test("sync register", async () => {
    expect(await textOf("sync", "register", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas sync register [options] <image>

      Brings the picture of a section onto the grid of its reference space, as a PNG.

      Arguments:
        image                             id of the image

      Grid:
        --spacing <µm>                    edge of a pixel (default: 25)
        --plane <name>                    coronal, sagittal, horizontal (default: the section's own)
        --region <left,top,width,height>  part of the plane, in µm (default: the whole adult mouse brain)

      Picture:
        --annotation                      the drawn and coloured plate of an atlas, not the bare stain
        --interpolation <how>             nearest or linear (default: linear)
        --downsample <n>                  tier that is taken (default: with pixels about as large as the
                                          grid's)

      Output:
        -o, --out <file>                  file or folder; - for the bytes on standard output (default: a
                                          name made of the parameters)
        --show <how>                      show the picture in the terminal: auto, kitty, iterm, sixel,
                                          blocks, none (default: auto)
        --json                            print one JSON object: size, axes, origin and spacing

      Connection:
        --api <url|sample>                who answers: a URL, or the built-in synthetic atlas (default:
                                          $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>               limit of one attempt (default: 60)
        --retries <n>                     how often to try again after a failure that may pass (default:
                                          3)

      General:
        --verbose                         report each step, and print stack traces
        -h, --help                        print this text

      A coronal section has z to the right and y down, a sagittal one x and y, a horizontal one
      z and x. The section is tilted a little: each pixel shows the point of it with the
      pixel's two coordinates. What the picture of the section does not show is transparent. A file of
      the same name is replaced.

      Examples:
        $ brainatlas sync register 69750516 --spacing 25 --out section.png
        $ brainatlas sync register 100960224 --annotation --interpolation nearest --spacing 10
        $ brainatlas sync register 69750516 --region 6000,2000,2000,2000 --spacing 2 --json
      "
    `);
  });
  test("rma", async () => {
    expect(await textOf("rma", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas rma [options] [query]

      Asks for rows of any model of the API, in its query language RMA.

      Arguments:
        query                the query, or - to read it from standard input

      Query:
        --model <name>       the model, such as Structure; the query is its criteria then
        --file <file>        read the query from a file

      Rows:
        --all                all rows, page by page
        --count              print the number of matches alone

      Output:
        --format <name>      table, tsv, csv, json, ndjson, xml (default: table in a terminal, else tsv)
        --json               the same as --format json
        --fields <names>     these fields alone, with dots into included rows, such as id,organism.name
        --limit <n>          most rows (default: 50)
        --raw                the service's own answer, unchanged: json (default), csv or xml
        --dry-run            print the URL and send nothing

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 3)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      A query is one of these:
        a whole one     model::Structure,rma::criteria,[ontology_id$eq1]
        a model first   Structure[ontology_id$eq1],rma::include,ontology
        a URL           https://api.brain-map.org/api/v2/data/query.xml?criteria=…, of which
                        the query alone counts
        with --model    criteria, and clauses after them: [ontology_id$eq1],rma::include,…
      Put it in single quotes: in double ones a shell takes $eq1 for a variable of its own.
      A text without blanks, commas and brackets needs no quotes in the query; for one that
      has some, write "Gene[name\\$il'*receptor, beta*']", or use --file.
      A num_rows in the query is the default of --limit, and start_row is where it begins.

      Formats:
        table    for reading: fits the terminal, with six digits of a fraction; a list of
                 rows is shown by its length
        tsv      a line of names, then one a row; tab, newline, return and backslash
                 inside of a text are \\t, \\n, \\r and \\\\
        csv      the same with commas, and quotes where they are needed (RFC 4180)
        json     one array of rows, whole unless --fields; ndjson has one row a line
      Lists and objects are compact JSON in tsv and csv. Nothing else is done to texts: a
      spreadsheet may take one that starts with = for a formula.
      With --raw, json, csv and xml are the service's own: one answer of as many rows as
      --limit says, with its envelope. --format xml is always that.

      Examples:
        $ brainatlas rma 'model::Structure,rma::criteria,[ontology_id$eq1]'
        $ brainatlas rma 'Gene[acronym$ilpdyn],rma::include,organism' --fields id,organism.name
        $ brainatlas rma '[graph_id$eq1]' --model Structure --all --format csv > mouse.csv
        $ brainatlas rma 'model::Gene,rma::criteria,products[id$eq1]' --count
        $ brainatlas rma --file query.rma --all --format ndjson | jq .id
        $ brainatlas rma Organism --format xml
        $ brainatlas rma Organism --dry-run
      "
    `);
  });
  test("pull", async () => {
    expect(await textOf("pull", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas pull <what> [options]
             brainatlas pull --images-list <file> [options]

      Downloads a whole atlas, experiment, ontology or volume, into a store or a folder.

      Which:
        --images-list <file>         the images that a file names; - reads standard input

      Pictures:
        --downsample <n>             the finest tier that is taken, 0 to 16; tier n is the picture halved
                                     n times (default: 0, the full resolution)
        --quality <n>                JPEG quality, 0 to 100 (default: the service's)

      Where to:
        --store <folder>             folder of the store (default: $BRAINATLAS_STORE, else your account's)
        --to <folder>                plain files in this folder, in place of a store
        --refresh                    fetch again what the store holds; with --to, replace pictures of
                                     another tier or quality

      How:
        --dry-run                    say what there is, and stop
        --concurrency <n>            most connections at once, 1 to 64; it begins with few (default: 8;
                                     the institute's service 6)
        --pipelining <n>             requests that a connection carries at once, 1 to 16 (default: 2; the
                                     institute's service 1)
        --verify <how>               how what is there is looked at, in a store too: hash or size
                                     (default: hash)

      Output:
        --json                       print what happens as lines of JSON

      Connection:
        --api <url|sample>           who answers: a URL, or the built-in synthetic atlas (default:
                                     $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>          limit of one attempt (default: 60)
        --retries <n>                how often to try again after a failure that may pass (default: 5)

      General:
        --verbose                    report each step, and print stack traces
        -h, --help                   print this text

      Commands:
        atlas [options] <atlas>      plates, drawings, records and ontology of an atlas
        dataset [options] <ids...>   sections of experiments, and their records
        ontology [options] <ids...>  structure graphs
        svg [options] [ids...]       drawings of plates
        grid [options] <ids...>      voxel grids of experiments
        volume [options] <volume>    a reference volume
        file [options] <ids...>      well-known files
        rma [options] <query>        all rows of a query
        verify [options] <folder>    check the files of a folder, without a network

      A store is what "brainatlas serve" answers from, without a network: it takes pictures at
      all tiers, and cuts them to any region. A folder takes plain files, one JPEG a picture,
      with the rows as records/atlas-1/*.json and .csv, and a manifest of all files and their
      hashes; several pulls may go into one folder, but not the same pictures at two tiers.

      What is there is not fetched again: run the same command again after an interruption,
      a failure, or a year. A file has its name only when it is complete and checked. One that
      fails, or an id that is unknown, does not stop the others; it is named, and the exit code
      is 1. A store has the working files of a pull in its folder pulls/ until all has come;
      those of pulls that were given up go with "brainatlas store prune --pulls".

      A list of images has one a line, by its id or its URL, or is a table (csv or tsv) with the
      columns id, and service and view if need be. Lines that begin with # are left out.

      Examples:
        $ brainatlas pull atlas 1 --dry-run
            how many plates, drawings, rows and bytes the adult mouse atlas has
        $ brainatlas pull atlas 1
            all of it into your account's store; then "brainatlas serve"
        $ brainatlas pull atlas "Mouse, P56, Sagittal" --downsample 3 --to sagittal
        $ brainatlas pull dataset 69782969 --expression
        $ brainatlas pull --images-list images.txt --to images
        $ brainatlas pull verify sagittal
      "
    `);
  });
  test("pull atlas", async () => {
    expect(await textOf("pull", "atlas", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas pull atlas [options] <atlas>

      Pulls an atlas: its plates, their drawings, its records and its ontology.

      Arguments:
        atlas                id or name of an atlas

      Which:
        --annotation         the coloured plates as the service has them, too; without, a mirror draws
                             them from the drawings

      Pictures:
        --downsample <n>     the finest tier that is taken, 0 to 16; tier n is the picture halved n times
                             (default: 0, the full resolution)
        --quality <n>        JPEG quality, 0 to 100 (default: the service's)

      Where to:
        --store <folder>     folder of the store (default: $BRAINATLAS_STORE, else your account's)
        --to <folder>        plain files in this folder, in place of a store
        --refresh            fetch again what the store holds; with --to, replace pictures of another tier
                             or quality

      How:
        --dry-run            say what there is, and stop
        --concurrency <n>    most connections at once, 1 to 64; it begins with few (default: 8; the
                             institute's service 6)
        --pipelining <n>     requests that a connection carries at once, 1 to 16 (default: 2; the
                             institute's service 1)
        --verify <how>       how what is there is looked at, in a store too: hash or size (default: hash)

      Output:
        --json               print what happens as lines of JSON

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 5)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      A plate at full resolution has some tens of MB: an atlas, some GB. Each --downsample more
      takes a quarter of that. --dry-run says how many pixels there are.

      Examples:
        $ brainatlas pull atlas 1 --dry-run
        $ brainatlas pull atlas "Mouse, P56, Coronal" --downsample 2
        $ brainatlas pull atlas 2 --to sagittal --downsample 3 --annotation
      "
    `);
  });
  test("pull dataset", async () => {
    expect(await textOf("pull", "dataset", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas pull dataset [options] <ids...>

      Pulls experiments: their sections and their records.

      Arguments:
        ids                  ids of section data sets, from 1

      Which:
        --expression         the expression masks too
        --projection         the projection masks too
        --no-unionizes       leave out the values by structure: some thousand rows a data set

      Pictures:
        --downsample <n>     the finest tier that is taken, 0 to 16; tier n is the picture halved n times
                             (default: 0, the full resolution)
        --quality <n>        JPEG quality, 0 to 100 (default: the service's)

      Where to:
        --store <folder>     folder of the store (default: $BRAINATLAS_STORE, else your account's)
        --to <folder>        plain files in this folder, in place of a store
        --refresh            fetch again what the store holds; with --to, replace pictures of another tier
                             or quality

      How:
        --dry-run            say what there is, and stop
        --concurrency <n>    most connections at once, 1 to 64; it begins with few (default: 8; the
                             institute's service 6)
        --pipelining <n>     requests that a connection carries at once, 1 to 16 (default: 2; the
                             institute's service 1)
        --verify <how>       how what is there is looked at, in a store too: hash or size (default: hash)

      Output:
        --json               print what happens as lines of JSON

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 5)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      Examples:
        $ brainatlas pull dataset 69782969 --expression --downsample 2
        $ brainatlas pull dataset 100141599 --projection --downsample 4 --to tracer
      "
    `);
  });
  test("pull ontology", async () => {
    expect(await textOf("pull", "ontology", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas pull ontology [options] <ids...>

      Pulls structure graphs: all structures with their sets.

      Arguments:
        ids                  ids of structure graphs: 1 adult mouse, 10 human, 17 developing mouse

      Where to:
        --store <folder>     folder of the store (default: $BRAINATLAS_STORE, else your account's)
        --to <folder>        plain files in this folder, in place of a store

      How:
        --dry-run            say what there is, and stop

      Output:
        --json               print what happens as lines of JSON

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 5)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      Examples:
        $ brainatlas pull ontology 1
        $ brainatlas pull ontology 1 10 --to ontologies
      "
    `);
  });
  test("pull svg", async () => {
    expect(await textOf("pull", "svg", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas pull svg [options] [ids...]

      Pulls the drawings of plates, whole, as SVG.

      Arguments:
        ids                  ids of images, from 1

      Which:
        --atlas <atlas>      all drawings of an atlas, by its id or name

      Where to:
        --store <folder>     folder of the store (default: $BRAINATLAS_STORE, else your account's)
        --to <folder>        plain files in this folder, in place of a store
        --refresh            fetch again what the store holds; with --to, replace pictures of another tier
                             or quality

      How:
        --dry-run            say what there is, and stop
        --concurrency <n>    most connections at once, 1 to 64; it begins with few (default: 8; the
                             institute's service 6)
        --pipelining <n>     requests that a connection carries at once, 1 to 16 (default: 2; the
                             institute's service 1)
        --verify <how>       how what is there is looked at, in a store too: hash or size (default: hash)

      Output:
        --json               print what happens as lines of JSON

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 5)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      Examples:
        $ brainatlas pull svg 100960224 100883869 --to drawings
        $ brainatlas pull svg --atlas 1
      "
    `);
  });
  test("pull grid", async () => {
    expect(await textOf("pull", "grid", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas pull grid [options] <ids...>

      Pulls the voxel grids of experiments: zips of expression, NRRD of projections.

      Arguments:
        ids                   ids of section data sets, from 1

      Which:
        --include <names>     volumes of expression: energy, density, intensity (default: the service's
                              choice, energy)
        --projection <names>  volumes of a tracer experiment (default: projection_density)
        --resolution <µm>     edge of a voxel of a tracer experiment: 10, 25, 50 or 100 (default: 100)

      Where to:
        --store <folder>      folder of the store (default: $BRAINATLAS_STORE, else your account's)
        --to <folder>         plain files in this folder, in place of a store
        --refresh             fetch again what the store holds; with --to, replace pictures of another
                              tier or quality

      How:
        --dry-run             say what there is, and stop
        --concurrency <n>     most connections at once, 1 to 64; it begins with few (default: 8; the
                              institute's service 6)
        --pipelining <n>      requests that a connection carries at once, 1 to 16 (default: 2; the
                              institute's service 1)
        --verify <how>        how what is there is looked at, in a store too: hash or size (default: hash)

      Output:
        --json                print what happens as lines of JSON

      Connection:
        --api <url|sample>    who answers: a URL, or the built-in synthetic atlas (default:
                              $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>   limit of one attempt (default: 60)
        --retries <n>         how often to try again after a failure that may pass (default: 5)

      General:
        --verbose             report each step, and print stack traces
        -h, --help            print this text

      Examples:
        $ brainatlas pull grid 69289763
        $ brainatlas pull grid 126862385 --projection injection_fraction --to grids
      "
    `);
  });
  test("pull volume", async () => {
    expect(await textOf("pull", "volume", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas pull volume [options] <volume>

      Pulls a volume of reference space, as NRRD.

      Arguments:
        volume               template, annotation, nissl

      Which:
        --resolution <µm>    edge of a voxel: 10, 25, 50 or 100 (default: 25)
        --release <name>     release of the annotation (default: ccf_2017)

      Where to:
        --store <folder>     folder of the store (default: $BRAINATLAS_STORE, else your account's)
        --to <folder>        plain files in this folder, in place of a store
        --refresh            fetch again what the store holds; with --to, replace pictures of another tier
                             or quality

      How:
        --dry-run            say what there is, and stop
        --concurrency <n>    most connections at once, 1 to 64; it begins with few (default: 8; the
                             institute's service 6)
        --pipelining <n>     requests that a connection carries at once, 1 to 16 (default: 2; the
                             institute's service 1)
        --verify <how>       how what is there is looked at, in a store too: hash or size (default: hash)

      Output:
        --json               print what happens as lines of JSON

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 5)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      At 25 µm the template has some 30 MB and the annotation 4 MB; at 10 µm, ten times that.

      Examples:
        $ brainatlas pull volume annotation --resolution 100
        $ brainatlas pull volume template --resolution 100 --to volumes
      "
    `);
  });
  test("pull file", async () => {
    expect(await textOf("pull", "file", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas pull file [options] <ids...>

      Pulls well-known files: reconstructions, recordings, parameters of models.

      Arguments:
        ids                  ids of well-known files, from 1

      Where to:
        --store <folder>     folder of the store (default: $BRAINATLAS_STORE, else your account's)
        --to <folder>        plain files in this folder, in place of a store
        --refresh            fetch again what the store holds; with --to, replace pictures of another tier
                             or quality

      How:
        --dry-run            say what there is, and stop
        --concurrency <n>    most connections at once, 1 to 64; it begins with few (default: 8; the
                             institute's service 6)
        --pipelining <n>     requests that a connection carries at once, 1 to 16 (default: 2; the
                             institute's service 1)
        --verify <how>       how what is there is looked at, in a store too: hash or size (default: hash)

      Output:
        --json               print what happens as lines of JSON

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 5)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      Example:
        $ brainatlas pull file 491459173 496607103 --to cells
      "
    `);
  });
  test("pull rma", async () => {
    expect(await textOf("pull", "rma", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas pull rma [options] <query>

      Pulls all rows that a query has, complete, page by page.

      Arguments:
        query                the query, as "brainatlas rma" takes it

      Which:
        --limit <n>          most rows (default: all, or the query's num_rows)

      Where to:
        --store <folder>     folder of the store (default: $BRAINATLAS_STORE, else your account's)
        --to <folder>        plain files in this folder, in place of a store

      How:
        --dry-run            say what there is, and stop

      Output:
        --json               print what happens as lines of JSON

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 60)
        --retries <n>        how often to try again after a failure that may pass (default: 5)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      Put the query in single quotes: in double ones a shell takes $eq1 for a variable.

      Examples:
        $ brainatlas pull rma 'model::Gene,rma::criteria,products[id$eq1]'
        $ brainatlas pull rma 'Structure[graph_id$eq1]' --to rows
      "
    `);
  });
  test("pull verify", async () => {
    expect(await textOf("pull", "verify", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas pull verify [options] <folder>

      Checks the files of a folder against the manifest that a pull has left there, without a network.

      Arguments:
        folder      folder that was pulled into with --to

      Output:
        --json      print one JSON object

      General:
        --verbose   report each step, and print stack traces
        -h, --help  print this text

      Of a store: brainatlas store verify.

      Example:
        $ brainatlas pull verify sagittal
      "
    `);
  });
  test("view", async () => {
    expect(await textOf("view", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas view [options] [plate]

      Opens a viewer of atlases in the browser: plates, structures, experiments.

      Arguments:
        plate               id of a plate's image (default: the middle of the atlas)

      What to look at:
        --api <url|sample>  another server of the API, or the built-in synthetic atlas
        --store <folder>    folder of the store (default: $BRAINATLAS_STORE, else your account's)
        --sample            the built-in synthetic atlas

      What to see first:
        --atlas <id>        an atlas
        --structure <ids>   structures, by id or acronym, with commas between them

      How:
        --port <n>          port, 0 to 65535; 0 for any free one (default: 0)
        --open              open the browser wherever this is
        --no-open           open no browser

      General:
        --verbose           report each step, and print stack traces
        -h, --help          print this text

      Without --api, --store and --sample it shows what $BRAINATLAS_API names, else the
      store if it holds anything, else the sample; it says which. With --api the page asks
      that server from your browser; all else works offline.

      The address is on standard output, so that a program can read it. The browser is
      opened unless standard output is not a terminal, CI is set, or there is no display.
      It is served on 127.0.0.1 until Ctrl-C; "brainatlas serve" has the page at /view/, too,
      and lets other machines in.

      Examples:
        $ brainatlas view
        $ brainatlas view 100960224 --structure CA1 --sample
            a plate of the sample, with a structure selected
        $ brainatlas view --api https://api.brain-map.org --atlas 1
            the institute's own, over the network
        $ brainatlas view --store plates --port 8080 --no-open
            a folder filled by "brainatlas pull", at an address that stays the same
      "
    `);
  });
  test("serve", async () => {
    expect(await textOf("serve", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas serve [options]

      Serves a mirror of the API on a port, offline or before an upstream.

      What to serve:
        --store <folder>          folder of the store (default: $BRAINATLAS_STORE, else your account's)
        --sample                  the built-in synthetic atlas instead of a store
        --upstream <url>          who is asked for what the store lacks; the answers are kept in it
                                  (default: nobody)
        --archive-upstream <url>  who is asked for volumes (default: https://download.alleninstitute.org
                                  if the upstream is the institute's, else the upstream)

      Where:
        --port <n>                port, 0 to 65535; 0 for any free one (default: 8080)
        --host <address>          interface; 0.0.0.0 lets other machines in (default: 127.0.0.1)

      How much it may use:
        --threads <n>             threads that make pictures, 0 to 64; 0 makes them beside all else
                                  (default: one a processor, 8 at most)
        --cache <MB>              memory for finished pictures, in MB; 0 keeps none (default: 16)

      General:
        --verbose                 report each step, and print stack traces
        -h, --help                print this text

      Examples:
        $ brainatlas serve --sample
            the synthetic atlas, on http://127.0.0.1:8080
        $ brainatlas serve --store plates --port 0
            a folder filled by "brainatlas store import", on any free port
        $ brainatlas image 100883869 --downsample 4 --api http://127.0.0.1:8080
            a picture from it, in another terminal
        $ brainatlas serve --store plates --upstream https://api.brain-map.org
            asks the service for what the folder lacks, and keeps it there

      It answers the paths of api.brain-map.org: programs made for that need only
      another host. At /view/ is a page to look at it with, which "brainatlas view" opens.
      Without --upstream it makes no request of its own, and only reads. Ctrl-C stops it.

      With --upstream, pictures, drawings and files that are held are given from the
      store. Queries are asked of the upstream once a day; when it fails, the last answer
      is given, or one computed from the rows held: x-brainatlas-stale says since when it
      is stale, x-brainatlas-upstream what failed. Data of the Allen Brain Atlas belong to
      the Allen Institute for Brain Science and are under its Terms of Use.
      "
    `);
  });
  test("store", async () => {
    expect(await textOf("store", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas store [options] [command]

      Fills, shows and looks after a store: a folder that "brainatlas serve" answers from.

      Options:
        -h, --help                   print this text

      Commands:
        import [options] <files...>  put files into a store
        list [options]               list what a store holds
        info [options]               say where a store is and how much it holds
        sample [options] [ids...]    put images of the built-in synthetic atlas into a store
        verify [options]             check every stored byte against its hash
        stats [options]              say what a store holds, by kind, atlas and data set
        export [options] <file>      write a store as one file
        prune [options]              remove what is old, too much, or no longer wanted
        help [command]               print the help of a command

      Examples:
        $ brainatlas store import 100883869.tif
        $ brainatlas store list --kind picture
        $ brainatlas store info --json
        $ brainatlas help store import
      "
    `);
  });
  test("store import", async () => {
    expect(await textOf("store", "import", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas store import [options] <files...>

      Puts files into a store, which is made if there is none. A file that is bad does not stop the
      others.

      Arguments:
        files                pictures, drawings, recorded exchanges, structure graphs, rows, volumes,
                             exports, or other files

      Store:
        --store <folder>     folder of the store (default: $BRAINATLAS_STORE, else your account's)

      What the files do not say of themselves:
        --id <n>             id of the image, data set, structure or file, from 1; for one file
        --model <name>       model of rows, or class of an image: AtlasImage, SectionImage or SubImage
                             (default: what the file or the store says, else AtlasImage)
        --query <query>      the query that rows answer, as RMA or as a URL
        --graph <id>         id of a structure graph
        --downsample <n>     how often a picture's dimensions were halved, 0 to 16 (default: 0)
        --annotation         a picture is the drawn and coloured plate, not the bare stain
        --resolution <µm>    µm a full-resolution pixel, for a record made on the way
        --image-type <text>  kind of the coloured plate (default: Atlas - Adult Mouse)
        --release <name>     release of an annotation (default: that of its folder, else ccf_2017)
        --file <id>          a file of any kind is this well-known file
        --path <path>        a file of any kind is served at this path of the API or the archive

      Output:
        --json               print one JSON object

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      What a file is, its content says:
        picture    JPEG, PNG or TIFF. The digits that its name starts with are the id
                   of the image, unless --id says it. It is stored as a pyramid of tiles: as
                   JPEG of quality 85, or without loss if it has 16 bits a channel.
        drawing    SVG, as the API serves it. Its coloured plate is drawn from it.
        exchange   JSON with request, final_url and body_file: answered again as it was recorded.
        graph      a structure graph as the API serves it, JSON or XML. The digits that its
                   name starts with are its id, unless it says its own, or --graph does.
        rows       of any model, as the API answers them (JSON, XML or CSV), or as tsv or
                   ndjson. Where neither they nor their columns tell the model, give --model,
                   or the --query that they answer; flat rows (tabular) need the query.
        store      what "brainatlas store export" wrote: a whole store, or a part of one.
      Each but the last may be packed with gzip. Given out again as they are:
        volume     NRRD, by its name and the size of its voxels: annotation_25.nrrd,
                   average_template_50.nrrd, ara_nissl_50.nrrd, structure_385.nrrd, or
                   projection_density_100.nrrd and the like, with --id for the data set.
        grid       the zip of an expression experiment. It says of which data set it is, or
                   the digits that its name starts with, or --id.
        mesh       OBJ; the digits that its name starts with are the id of the structure.
        neuron     SWC; the digits that its name starts with are the id of the file.
        any other  with --file or --path. Files of any length are copied as they are.

      Examples:
        $ brainatlas store import 100883869.tif --resolution 1.047
        $ brainatlas store import plate.jpg --id 100883869 --downsample 4 --annotation
        $ brainatlas store import recordings/*.json --store plates
        $ brainatlas store import structure_graph_download_1.json.gz
        $ brainatlas store import unionizes.csv --model StructureUnionize
        $ brainatlas store import annotation_25.nrrd 385.obj 69289763.zip
        $ brainatlas store import projection_density_100.nrrd --id 158375425
        $ brainatlas store import cell.nwb --file 491198851
        $ brainatlas store import atlas-1.tar
      "
    `);
  });
  test("store list", async () => {
    expect(await textOf("store", "list", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas store list [options]

      Lists what a store holds.

      Store:
        --store <folder>  folder of the store (default: $BRAINATLAS_STORE, else your account's)
        --kind <kind>     only entries of this kind: picture, drawing, answer, grid, archive, file

      Output:
        --json            print one JSON array

      General:
        --verbose         report each step, and print stack traces
        -h, --help        print this text
      "
    `);
  });
  test("store verify", async () => {
    expect(await textOf("store", "verify", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas store verify [options]

      Checks a store: every byte against its hash, every entry, the tables of every picture, and the
      database of the records.

      Store:
        --store <folder>  folder of the store (default: $BRAINATLAS_STORE, else your account's)

      What to do:
        --full            look at the tiles of pictures, too
        --remove-damaged  remove what is damaged, so that a pull fetches it again; records stay

      Output:
        --json            print one JSON object

      General:
        --verbose         report each step, and print stack traces
        -h, --help        print this text

      A body is the bytes of an entry: of a picture, a drawing, a file; equal ones are kept once.
      Exit code 1 says that something is damaged; with --remove-damaged, that damage is left,
      such as that of records. Leftovers do no harm. Others may use the store meanwhile.

      Examples:
        $ brainatlas store verify
        $ brainatlas store verify --json | jq '.problems[].path'
        $ brainatlas store verify --remove-damaged && brainatlas pull atlas 1
      "
    `);
  });

  test("store stats", async () => {
    expect(await textOf("store", "stats", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas store stats [options]

      Says what a store holds, by kind, atlas and data set: the long form of info.

      Store:
        --store <folder>  folder of the store (default: $BRAINATLAS_STORE, else your account's)

      Output:
        --json            print one JSON object

      General:
        --verbose         report each step, and print stack traces
        -h, --help        print this text

      A body is the bytes of an entry: of a picture, a drawing, a file. Equal ones are kept once,
      so that entries may be larger together (SIZE) than they are on disk.
      "
    `);
  });

  test("store export", async () => {
    expect(await textOf("store", "export", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas store export [options] <file>

      Writes a store, or a part of it, as one file that another machine imports.

      Arguments:
        file              file that is written, or - for standard output

      Store:
        --store <folder>  folder of the store (default: $BRAINATLAS_STORE, else your account's)

      What to export:
        --atlas <id>      pictures, drawings and grids of this atlas, with all records; may be given again
        --kind <kind>     entries of this kind: picture, drawing, answer, grid, archive, file or records;
                          may be given again

      Output:
        --force           replace a file of that name
        --json            print one JSON object

      General:
        --verbose         report each step, and print stack traces
        -h, --help        print this text

      The file is a tar: "brainatlas store import" takes it on any machine and checks every
      byte of it, and any program unpacks it to the folder of a store. The same content gives
      the same bytes. Others may use the store meanwhile.

      Examples:
        $ brainatlas store export atlas-1.tar --atlas 1
        $ brainatlas store export - | ssh server 'cat > store.tar'
        $ brainatlas store import store.tar
      "
    `);
  });

  test("store prune", async () => {
    expect(await textOf("store", "prune", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas store prune [options]

      Removes entries from a store. What goes is said first, and asked for in a terminal.

      Store:
        --store <folder>    folder of the store (default: $BRAINATLAS_STORE, else your account's)

      What to remove:
        --older-than <age>  entries that were put before: 12h, 90d, 8w
        --max-size <size>   the oldest, until the store has at most this: 500MB, 20GB
        --atlas <id>        what belongs to this atlas; may be given again
        --kind <kind>       entries of this kind: picture, drawing, answer, grid, archive, file; may be
                            given again
        --orphans           only files that belong to nothing, unless there are other criteria
        --pulls             only working files of pulls that broke off; those at work keep theirs
        --dry-run           only list what would go
        --yes               do not ask; without a terminal it never does

      Output:
        --json              print one JSON object

      General:
        --verbose           report each step, and print stack traces
        -h, --help          print this text

      At least one criterion is needed; each narrows the others, so that --older-than 90d
      --kind answer removes answers of 90 days ago and before. A store knows when something was
      put, not when it was last asked for. With --max-size the oldest of the rest go first,
      until the store fits. --atlas alone takes the records of its images as well; structures,
      data sets and all else that atlases share stay. Files that belong to nothing go along an
      hour after they were written. Others may use the store meanwhile: what they put stays.

      Examples:
        $ brainatlas store prune --older-than 90d --dry-run
        $ brainatlas store prune --max-size 20GB
        $ brainatlas store prune --atlas 1 --kind picture
      "
    `);
  });

  test("store sample", async () => {
    expect(await textOf("store", "sample", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas store sample [options] [ids...]

      Renders images of the built-in synthetic atlas into a store, as if they had been imported: pictures
      as pyramids of tiles, drawings, and the records of the whole atlas.

      Arguments:
        ids               ids of its AtlasImages and SectionImages, from 1

      Store:
        --store <folder>  folder of the store (default: $BRAINATLAS_STORE, else your account's)

      What to render:
        --downsample <n>  how often the dimensions are halved, 0 to 16 (default: 3)

      Output:
        --json            print one JSON object

      General:
        --verbose         report each step, and print stack traces
        -h, --help        print this text

      Without ids it renders all images that the atlas has: about a minute and 40 MB at the
      default downsample; each step less takes four times as long. The records are those of the
      whole atlas, whatever the ids: queries, synchronisation and manifests are answered as by
      "serve --sample". Images that were not rendered, volumes and grids are not mirrored.
      None of it is real: the store is marked, and a mirror that serves it says so of every
      answer. So it is to be a folder of its own, and other files are not imported into it.

      Examples:
        $ brainatlas store sample --store sample
        $ brainatlas store sample 100883869 100960224 --downsample 0 --store sample
        $ brainatlas serve --store sample
      "
    `);
  });
  test("store info", async () => {
    expect(await textOf("store", "info", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas store info [options]

      Says where a store is and how much it holds.

      Store:
        --store <folder>  folder of the store (default: $BRAINATLAS_STORE, else your account's)

      Output:
        --json            print one JSON object

      General:
        --verbose         report each step, and print stack traces
        -h, --help        print this text
      "
    `);
  });
  test("doctor", async () => {
    expect(await textOf("doctor", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas doctor [options]

      Checks what the program needs: runtime, picture decoder, API, store, viewer and terminal.

      Store:
        --store <folder>     folder of the store (default: $BRAINATLAS_STORE, else your account's)

      Output:
        --json               print one JSON object

      Connection:
        --api <url|sample>   who answers: a URL, or the built-in synthetic atlas (default:
                             $BRAINATLAS_API, else https://api.brain-map.org)
        --timeout <seconds>  limit of one attempt (default: 10)
        --retries <n>        how often to try again after a failure that may pass (default: 0)

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      Each line is ok, warn or fail. The exit code is 1 if one is fail: something that
      is needed, or that --api or --store names, does not work. An API that is not
      named and does not answer is a warning.

      Examples:
        $ brainatlas doctor
        $ brainatlas doctor --api sample --json
      "
    `);
  });
});
