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
        serve           serve a mirror of the API, offline
        store           fill and show the store of a mirror
        doctor          check what the program needs
        help [command]  print the help of a command

      Examples:
        $ brainatlas image 100883869 --downsample 4 --annotation
        $ brainatlas image 100883869 --downsample 4 --api sample
        $ brainatlas structures tree HPF
        $ brainatlas datasets --gene Pdyn --plane sagittal
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
        $ brainatlas image 69750516 --service section --expression --out mask.jpg
            the expression mask of a section, under a name of your own
        $ brainatlas image 100883869 --downsample 6 --out - | magick - plate.png
            the bytes alone, for another program
        $ brainatlas image 100883869 --downsample 4 --dry-run
            the URL alone; nothing is sent

      A file of the same name is replaced, in one step, when the new one is complete.
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
        table    for reading: fits the terminal; a list of rows is shown by its length
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
        table    for reading: fits the terminal; a list of rows is shown by its length
        tsv      a line of names, then one a row; tab, newline, return and backslash
                 inside of a text are \\t, \\n, \\r and \\\\
        csv      the same with commas, and quotes where they are needed (RFC 4180)
        json     one array of rows, whole unless --fields; ndjson has one row a line
      Lists and objects are compact JSON in tsv and csv. Nothing else is done to texts: a
      spreadsheet may take one that starts with = for a formula.

      Examples:
        $ brainatlas plates --annotated
        $ brainatlas plates --atlas 2 --fields id,section_number
        $ brainatlas plates --atlas 138322605 --format csv > plates.csv
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
        table    for reading: fits the terminal; a list of rows is shown by its length
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
        table    for reading: fits the terminal; a list of rows is shown by its length
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
        table    for reading: fits the terminal; a list of rows is shown by its length
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
  test("serve", async () => {
    expect(await textOf("serve", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas serve [options]

      Serves a mirror of the API on a port, offline.

      What to serve:
        --store <folder>  folder of the store (default: $BRAINATLAS_STORE, else your account's)
        --sample          the built-in synthetic atlas instead of a store

      Where:
        --port <n>        port, 0 to 65535; 0 for any free one (default: 8080)
        --host <address>  interface; 0.0.0.0 lets other machines in (default: 127.0.0.1)

      General:
        --verbose         report each step, and print stack traces
        -h, --help        print this text

      Examples:
        $ brainatlas serve --sample
            the synthetic atlas, on http://127.0.0.1:8080
        $ brainatlas serve --store plates --port 0
            a folder filled by "brainatlas store import", on any free port
        $ brainatlas image 100883869 --downsample 4 --api http://127.0.0.1:8080
            a picture from it, in another terminal

      It answers the paths of api.brain-map.org: programs made for that need only
      another host. It makes no request of its own, and only reads. Ctrl-C stops it.
      "
    `);
  });
  test("store", async () => {
    expect(await textOf("store", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas store [options] [command]

      Fills and shows a store: a folder that "brainatlas serve" answers from.

      Options:
        -h, --help                   print this text

      Commands:
        import [options] <files...>  put files into a store
        list [options]               list what a store holds
        info [options]               say where a store is and how much it holds
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
        files                pictures, drawings, recorded exchanges, structure graphs or rows

      Store:
        --store <folder>     folder of the store (default: $BRAINATLAS_STORE, else your account's)

      What the files do not say of themselves:
        --id <n>             id of the image, from 1; for one file
        --model <name>       model of rows, or class of an image: AtlasImage, SectionImage or SubImage
                             (default: what the file or the store says, else AtlasImage)
        --query <query>      the query that rows answer, as RMA or as a URL
        --graph <id>         id of a structure graph
        --downsample <n>     how often a picture's dimensions were halved, 0 to 16 (default: 0)
        --annotation         a picture is the drawn and coloured plate, not the bare stain
        --resolution <µm>    µm a full-resolution pixel, for a record made on the way
        --image-type <text>  kind of the coloured plate (default: Atlas - Adult Mouse)

      Output:
        --json               print one JSON object

      General:
        --verbose            report each step, and print stack traces
        -h, --help           print this text

      What a file is, its content says:
        picture    JPEG, PNG or TIFF. The digits that its name starts with are the id
                   of the image, unless --id says it.
        drawing    SVG, as the API serves it. Its coloured plate is drawn from it.
        exchange   JSON with request, final_url and body_file: answered again as it was recorded.
        graph      a structure graph as the API serves it, JSON or XML. The digits that its
                   name starts with are its id, unless it says its own, or --graph does.
        rows       of any model, as the API answers them (JSON, XML or CSV), or as tsv or
                   ndjson. Where neither they nor their columns tell the model, give --model,
                   or the --query that they answer; flat rows (tabular) need the query.
      Each may be packed with gzip.

      Examples:
        $ brainatlas store import 100883869.tif --resolution 1.047
        $ brainatlas store import plate.jpg --id 100883869 --downsample 4 --annotation
        $ brainatlas store import recordings/*.json --store plates
        $ brainatlas store import structure_graph_download_1.json.gz
        $ brainatlas store import unionizes.csv --model StructureUnionize
      "
    `);
  });
  test("store list", async () => {
    expect(await textOf("store", "list", "--help")).toMatchInlineSnapshot(`
      "Usage: brainatlas store list [options]

      Lists what a store holds.

      Store:
        --store <folder>  folder of the store (default: $BRAINATLAS_STORE, else your account's)
        --kind <kind>     only entries of this kind: picture, drawing, answer

      Output:
        --json            print one JSON array

      General:
        --verbose         report each step, and print stack traces
        -h, --help        print this text
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

      Checks what the program needs: runtime, picture decoder, API, store and terminal.

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
