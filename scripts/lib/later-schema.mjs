// What the service's schema listing of 2013 does not have: facts from later rows (reference §9.2, §9.3), and from queries that the
// service answered. A column is `name:type`, its type a letter of TYPES in generate-schema.mjs; an association is
// `name:kind:Model`, where the model may be one that is described nowhere.

/**
 * Columns of later rows, by table, for every model of the table (reference §9.2, §1.5, §4.4). `absent` ones are in the listing
 * and in no later row: a query may name them, rows may lack them.
 */
export const LATER_COLUMNS = {
  data_sets: {
    columns: `blue_channel:u delegate:b failed_facet:i green_channel:u red_channel:u rnaseq_design_id:i section_thickness:f
      sphinx_id:i`,
    absent: ["type"],
  },
  sub_images: {
    columns: `axes:u bits_per_component:i expression:b isi_experiment_id:i number_of_components:i ophys_experiment_id:i
      projection_function:s`,
    absent: ["type"],
  },
  products: { columns: "product_name_facet:i species:s species_name_facet:i", absent: ["documentation"] },
  specimens: {
    columns: `cell_prep_sample_id:i cell_reporter_id:i cortex_layer_id:i data:u ephys_result_id:i failed_facet:i
      is_cell_specimen:b is_ish:b pinned_radius:f sphinx_id:i treatment_id:i weight:i`,
    associations: `ephys_sweeps:has_many:EphysSweep ephys_result:belongs_to:EphysResult
      neuron_reconstructions:has_many:NeuronReconstruction neuronal_models:has_many:NeuronalModel
      ephys_features:has_many:EphysFeature specimen_tags:has_many:SpecimenTag cell_soma_locations:has_many:CellSomaLocation
      cortex_layer:belongs_to:CortexLayer cell_reporter:belongs_to:CellReporter
      products:has_and_belongs_to_many:Product stereotaxic_injections:has_many:StereotaxicInjection`,
  },
  donors: {
    columns: `chemotherapy:u data:u date_of_birth:d donor_condition_description_facet:i donor_race_only_facet:i
      donor_sex_facet:i donor_strain_facet:i donor_strain_only_facet:i egfr_amplification:u extent_of_resection:u
      full_genotype:s initial_kps:u mgmt_ihc:u mgmt_methylation:u molecular_subtype:s multifocal:u primary_tissue_source:s
      pten_deletion:u race_only:s radiation_therapy:u recurrence_by_six_months:u sleep_state:s smoker:u strain_only:s
      survival_days:i tags:s theiler_stage:u time_to_progression_or_recurrence:u tumor_status:s weight_grams:f`,
    associations: "transgenic_lines:has_many:TransgenicLine",
  },
  ages: { columns: "age_group_id:i" },
  // AllenSDK asks for it by name; no row was seen.
  injections: { columns: "registration_point:u" },
  structures: {
    columns: `failed:b failed_facet:i neuro_name_structure_id:i neuro_name_structure_id_path:s safe_name:s sphinx_id:i
      structure_name_facet:i`,
  },
  atlases: { columns: "image_type:s", associations: "graphic_group_labels:has_many:GraphicGroupLabel" },
};

/** Associations of single models that have none of that name in the listing, and that the service follows all the same (§4.3). */
export const LATER_ASSOCIATIONS = {
  AtlasImage: "atlas_data_set:belongs_to:AtlasDataSet",
  GraphicObject: "graphic_group_label:belongs_to:GraphicGroupLabel",
};

/**
 * Models that the listing does not have and of which rows were seen (reference §9.3). Models of which no more than a column or
 * two is known are left out: a wrong type is worse than none, and `rma.untyped` takes any name.
 */
export const LATER_MODELS = {
  ApiCamCellMetric: {
    table: "api_cam_cell_metrics",
    columns: `all_stim:b area:s cell_specimen_id:i donor_full_genotype:s dsi_dg:f experiment_container_id:i
      failed_experiment_container:b g_dsi_dg:f g_osi_dg:f g_osi_sg:f image_sel_ns:f imaging_depth:i osi_dg:f osi_sg:f p_dg:f
      p_ns:f p_run_mod_dg:f p_run_mod_ns:f p_run_mod_sg:f p_sg:f peak_dff_dg:f peak_dff_ns:f peak_dff_sg:f pref_dir_dg:f
      pref_image_ns:f pref_ori_sg:f pref_phase_sg:f pref_sf_sg:f pref_tf_dg:f reliability_dg:f reliability_nm1_a:f
      reliability_nm1_b:f reliability_nm1_c:f reliability_nm2:f reliability_nm3:f reliability_ns:f reliability_sg:f
      rf_area_off_lsn:f rf_area_on_lsn:f rf_center_off_x_lsn:f rf_center_off_y_lsn:f rf_center_on_x_lsn:f
      rf_center_on_y_lsn:f rf_chi2_lsn:f rf_distance_lsn:f rf_overlap_index_lsn:f run_mod_dg:f run_mod_ns:f run_mod_sg:f
      sfdi_sg:f specimen_id:i tfdi_dg:f time_to_peak_ns:f time_to_peak_sg:f tld1_id:i tld1_name:s tld2_id:i tld2_name:s
      tlr1_id:i tlr1_name:s`,
  },
  ApiCamStimulusMapping: {
    table: "api_cam_stimulus_mappings",
    columns: "id:i item:s item_type:s level:s stimulus_name:s",
  },
  ApiCellTypesSpecimenDetail: {
    table: "api_cell_types_specimen_details",
    columns: `cell_reporter_status:s csl__normalized_depth:f csl__x:f csl__y:f csl__z:f donor__disease_state:s donor__id:i
      donor__name:s donor__species:s ef__adaptation:f ef__avg_firing_rate:f ef__avg_isi:f ef__f_i_curve_slope:f
      ef__fast_trough_v_long_square:f ef__peak_t_ramp:f ef__ri:f ef__tau:f ef__threshold_i_long_square:f
      ef__upstroke_downstroke_ratio_long_square:f ef__vrest:f ephys_thumb_path:s erwkf__id:i line_name:s morph_thumb_path:s
      nr__average_contraction:f nr__max_euclidean_distance:f nr__number_bifurcations:i nr__number_stems:i
      nr__reconstruction_type:s nrwkf__id:i specimen__hemisphere:s specimen__id:i specimen__name:s structure__acronym:s
      structure__id:i structure__layer:s structure__name:s structure_parent__acronym:s structure_parent__id:i tag__apical:s
      tag__dendrite_type:s donor__age:s donor__race:s donor__sex:s
      donor__years_of_seizure_history:u ephys_inst_thresh_thumb_path:s m__biophys:i m__biophys_all_active:i
      m__biophys_perisomatic:i m__glif:i nr__average_parent_daughter_ratio:f si__height:i si__path:s si__width:i`,
  },
  ApiConnectivity: {
    table: "api_connectivities",
    columns: `data_set_id:i gender:s injection_structures:s injection_volume:f injection_x:f injection_y:f injection_z:f name:s
      product_id:i specimen_name:s storage_directory:s strain:s structure_abbrev:s structure_id:i structure_name:s
      transgenic_line:m transgenic_line_id:i`,
  },
  EcephysChannel: {
    table: "ecephys_channels",
    columns: `anterior_posterior_ccf_coordinate:f dorsal_ventral_ccf_coordinate:f ecephys_probe_id:i id:i
      left_right_ccf_coordinate:f local_index:i probe_horizontal_position:f probe_vertical_position:f`,
    associations: "ecephys_probe:belongs_to:EcephysProbe structure:belongs_to:Structure",
  },
  EcephysProbe: {
    table: "ecephys_probes",
    columns: `air_channel_index:i ecephys_session_id:i id:i lfp_sampling_rate:f name:s phase:s sampling_rate:f
      surface_channel_index:i use_lfp_data:b`,
    associations: "ecephys_session:belongs_to:EcephysSession",
  },
  EcephysSession: {
    table: "ecephys_sessions",
    columns: `date_of_acquisition:d fail_eye_tracking:b id:i isi_experiment_id:i published_at:d specimen_id:i
      stimulus_name:s`,
    associations: "specimen:belongs_to:Specimen well_known_files:has_many:WellKnownFile",
  },
  EphysFeature: {
    table: "ephys_features",
    columns: `adaptation:f avg_isi:f electrode_0_pa:f f_i_curve_slope:f fast_trough_t_long_square:f fast_trough_t_ramp:f
      fast_trough_t_short_square:f fast_trough_v_long_square:f fast_trough_v_ramp:f fast_trough_v_short_square:f has_burst:b
      has_delay:b has_pause:b id:i input_resistance_mohm:f latency:f peak_t_long_square:f peak_t_ramp:f peak_t_short_square:f
      peak_v_long_square:f peak_v_ramp:f peak_v_short_square:f rheobase_sweep_id:i rheobase_sweep_number:i ri:f sag:f
      seal_gohm:f slow_trough_t_long_square:f slow_trough_t_ramp:f slow_trough_t_short_square:f slow_trough_v_long_square:f
      slow_trough_v_ramp:f slow_trough_v_short_square:f specimen_id:i tau:f threshold_i_long_square:f threshold_i_ramp:f
      threshold_i_short_square:f threshold_t_long_square:f threshold_t_ramp:f threshold_t_short_square:f
      threshold_v_long_square:f threshold_v_ramp:f threshold_v_short_square:f thumbnail_sweep_id:i trough_t_long_square:f
      trough_t_ramp:f trough_t_short_square:f trough_v_long_square:f trough_v_ramp:f trough_v_short_square:f
      upstroke_downstroke_ratio_long_square:f upstroke_downstroke_ratio_ramp:f upstroke_downstroke_ratio_short_square:f
      vm_for_sag:f vrest:f`,
    associations: "specimen:belongs_to:Specimen",
  },
  EphysResult: {
    table: "ephys_results",
    columns: "failed:b id:i sampling_rate:f",
    associations: "well_known_files:has_many:WellKnownFile",
  },
  EphysSweep: {
    table: "ephys_sweeps",
    columns: `bridge_balance_mohm:f id:i leak_pa:f num_spikes:i peak_deflection:f post_noise_rms_mv:f post_vm_mv:f
      pre_noise_rms_mv:f pre_vm_mv:f slow_noise_rms_mv:f slow_vm_mv:f specimen_id:i stimulus_absolute_amplitude:f
      stimulus_description:s stimulus_duration:f stimulus_interval:f stimulus_name:s stimulus_relative_amplitude:f
      stimulus_start_time:f stimulus_units:s sweep_number:i vm_delta_mv:f`,
  },
  ExperimentContainer: {
    table: "experiment_containers",
    columns: `failed:b failed_facet:i id:i imaging_depth:i isi_experiment_id:i specimen_id:i targeted_structure_id:i weight:i`,
    associations: `ophys_experiments:has_many:OphysExperiment isi_experiment:belongs_to:IsiExperiment
      specimen:belongs_to:Specimen targeted_structure:belongs_to:Structure`,
  },
  IsiExperiment: {
    table: "isi_experiments",
    columns: "date_of_acquisition:d id:i name:s specimen_id:i storage_directory:s",
    associations: "experiment_container:has_one:ExperimentContainer ophys_experiments:has_many:OphysExperiment",
  },
  NeuronReconstruction: {
    table: "neuron_reconstructions",
    columns: `average_bifurcation_angle_local:f average_bifurcation_angle_remote:f average_contraction:f average_diameter:f
      average_fragmentation:f average_parent_daughter_ratio:f hausdorff_dimension:f id:i max_branch_order:f
      max_euclidean_distance:f max_path_distance:f neuron_reconstruction_type:s number_bifurcations:i number_branches:i
      number_nodes:i number_stems:i number_tips:i overall_depth:f overall_height:f overall_width:f scale_factor_x:f
      scale_factor_y:f scale_factor_z:f soma_surface:f specimen_id:i tags:s total_length:f total_surface:f total_volume:f`,
    associations: "well_known_files:has_many:WellKnownFile specimen:belongs_to:Specimen",
  },
  NeuronalModel: {
    table: "neuronal_models",
    columns: "id:i name:s neuronal_model_template_id:i specimen_id:i",
    associations: `specimen:belongs_to:Specimen neuronal_model_template:belongs_to:NeuronalModelTemplate
      well_known_files:has_many:WellKnownFile neuronal_model_runs:has_many:NeuronalModelRun`,
  },
  NeuronalModelTemplate: {
    table: "neuronal_model_templates",
    columns: "description:s id:i name:s",
    associations: "well_known_files:has_many:WellKnownFile",
  },
  OphysExperiment: {
    table: "ophys_experiments",
    columns: `date_of_acquisition:d experiment_container_id:i fail_eye_tracking:b id:i imaging_depth:i name:s specimen_id:i
      stimulus_name:s storage_directory:s targeted_structure_id:i`,
    associations: `well_known_files:has_many:WellKnownFile experiment_container:belongs_to:ExperimentContainer
      specimen:belongs_to:Specimen targeted_structure:belongs_to:Structure`,
  },
  ProjectionStructureUnionize: {
    table: "projection_structure_unionizes",
    columns: `hemisphere_id:i id:i is_injection:b max_voxel_density:f max_voxel_x:i max_voxel_y:i max_voxel_z:i
      normalized_projection_volume:f projection_density:f projection_energy:f projection_intensity:f projection_volume:f
      section_data_set_id:i structure_id:i sum_pixel_intensity:f sum_pixels:f sum_projection_pixel_intensity:f
      sum_projection_pixels:f volume:f`,
    associations: "section_data_set:belongs_to:SectionDataSet structure:belongs_to:Structure",
  },
};
