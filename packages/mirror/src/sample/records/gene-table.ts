import type { ExpressionPattern } from "./patterns.ts";

/** One gene of the mouse: names and NCBI ids are the public ones, the pattern is the sample's own. */
export type GeneRow = readonly [
  acronym: string,
  name: string,
  entrezId: number | null,
  pattern: ExpressionPattern,
  aliases?: readonly string[],
];

/** Genes whose experiments are named by id in documentation; none other are made up for them. */
export const DOCUMENTED_GENES: readonly GeneRow[] = [
  ["Pdyn", "prodynorphin", 18610, "drawn", ["dynorphin"]],
  ["Snca", "synuclein, alpha", 20617, "cortical", ["alpha-synuclein"]],
  ["Gba", "glucosidase, beta, acid", 14466, "ubiquitous"],
  ["Elf4", "E74-like factor 4", 56501, "sparse"],
  ["Prox1", "prospero homeobox 1", 19130, "hippocampal"],
  ["Sample1", "gene of a documented experiment, not known to the sample (synthetic)", null, "drawn"],
];

/** Genes with experiments that the sample makes up. */
export const FURTHER_GENES: readonly GeneRow[] = [
  ["Calb1", "calbindin 1", 12307, "striatal"],
  ["Calb2", "calbindin 2", 12308, "interneurons", ["calretinin"]],
  ["Pvalb", "parvalbumin", 19293, "interneurons"],
  ["Sst", "somatostatin", 20604, "interneurons"],
  ["Vip", "vasoactive intestinal polypeptide", 22353, "interneurons"],
  ["Npy", "neuropeptide Y", 109648, "interneurons"],
  ["Cck", "cholecystokinin", 12424, "cortical"],
  ["Gad1", "glutamate decarboxylase 1", 14415, "inhibitory", ["GAD67"]],
  ["Gad2", "glutamic acid decarboxylase 2", 14417, "inhibitory", ["GAD65"]],
  ["Slc32a1", "solute carrier family 32, member 1", 22348, "inhibitory", ["VGAT", "Viaat"]],
  ["Slc17a7", "solute carrier family 17, member 7", 72961, "cortical", ["VGLUT1"]],
  ["Slc17a6", "solute carrier family 17, member 6", 140919, "thalamic", ["VGLUT2"]],
  ["Rorb", "RAR-related orphan receptor beta", 225998, "sensory"],
  ["Cux2", "cut-like homeobox 2", 13048, "cortical"],
  ["Satb2", "special AT-rich sequence binding protein 2", 212712, "cortical"],
  ["Tbr1", "T-box brain transcription factor 1", 21375, "cortical"],
  ["Fezf2", "Fez family zinc finger 2", 54713, "cortical", ["Fezl"]],
  ["Bcl11b", "B cell leukemia/lymphoma 11B", 58208, "striatal", ["Ctip2"]],
  ["Foxp2", "forkhead box P2", 114142, "thalamic"],
  ["Etv1", "ets variant 1", 14009, "cortical", ["ER81"]],
  ["Neurod6", "neurogenic differentiation 6", 11922, "cortical"],
  ["Wfs1", "wolframin ER transmembrane glycoprotein", 22393, "hippocampal"],
  ["Camk2a", "calcium/calmodulin-dependent protein kinase II alpha", 12322, "cortical"],
  ["Grin1", "glutamate receptor, ionotropic, NMDA1", 14810, "ubiquitous"],
  ["Gria2", "glutamate receptor, ionotropic, AMPA2", 14800, "ubiquitous"],
  ["Gabra1", "GABA-A receptor, subunit alpha 1", 14394, "ubiquitous"],
  ["Drd1", "dopamine receptor D1", 13488, "striatal", ["Drd1a"]],
  ["Drd2", "dopamine receptor D2", 13489, "striatal"],
  ["Penk", "preproenkephalin", 18619, "striatal", ["Penk1"]],
  ["Tac1", "tachykinin 1", 21333, "striatal"],
  ["Th", "tyrosine hydroxylase", 21823, "aminergic"],
  ["Slc6a3", "solute carrier family 6, member 3", 13162, "aminergic", ["DAT"]],
  ["Slc6a4", "solute carrier family 6, member 4", 15567, "aminergic", ["SERT"]],
  ["Tph2", "tryptophan hydroxylase 2", 216343, "aminergic"],
  ["Chat", "choline O-acetyltransferase", 12647, "sparse"],
  ["Oxt", "oxytocin", 18429, "hypothalamic"],
  ["Avp", "arginine vasopressin", 11998, "hypothalamic"],
  ["Pomc", "pro-opiomelanocortin-alpha", 18976, "hypothalamic"],
  ["Agrp", "agouti related neuropeptide", 11604, "hypothalamic"],
  ["Crh", "corticotropin releasing hormone", 12918, "hypothalamic"],
  ["Htr1a", "5-hydroxytryptamine receptor 1A", 15550, "hippocampal"],
  ["Htr2c", "5-hydroxytryptamine receptor 2C", 15560, "sparse"],
  ["Cnr1", "cannabinoid receptor 1", 12801, "interneurons", ["CB1"]],
  ["Mbp", "myelin basic protein", 17196, "white matter"],
  ["Plp1", "proteolipid protein 1", 18823, "white matter"],
  ["Gfap", "glial fibrillary acidic protein", 14580, "white matter"],
  ["Pcp2", "Purkinje cell protein 2", 18545, "cerebellar", ["L7"]],
  ["Zic1", "zinc finger protein of the cerebellum 1", 22771, "cerebellar"],
  ["Abat", "4-aminobutyrate aminotransferase", 268860, "inhibitory"],
];

/** Genes that have series through the ages of the developing mouse too. */
export const DEVELOPING_GENES: readonly string[] = ["Gad1", "Calb1", "Th", "Neurod6", "Zic1", "Foxp2"];
