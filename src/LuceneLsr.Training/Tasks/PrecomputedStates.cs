using System.Globalization;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Settings;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Torch.Models;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Teachers;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>
/// The mean states of a run's texts, computed before the run with the frozen backbone of its checkpoint. A step then
/// computes the head alone.
/// </summary>
internal sealed class PrecomputedStates
{
    private const double MinCosine = 0.9; // long texts may have been cut elsewhere

    private readonly LanguageModel _model;
    private readonly ContrastiveRecipe _recipe;
    private readonly string _directory;
    private readonly TeacherVectors _vectors;
    private readonly HashSet<TextSide> _checkedSides = [];

    private PrecomputedStates(LanguageModel model, ContrastiveRecipe recipe, string directory) =>
        (_model, _recipe, _directory, _vectors) = (model, recipe, directory, TeacherVectors.Load(directory));

    /// <summary>Opens the states that a recipe names, or returns null if it names none.</summary>
    /// <exception cref="InvalidDataException">
    /// The checkpoint does not pool mean states, layers are trained that the states come from, or a file is corrupt.
    /// </exception>
    public static PrecomputedStates? Open(Checkpoint checkpoint, ContrastiveRecipe recipe, string dataDirectory)
    {
        if (recipe.States is not { } path)
        {
            return null;
        }

        var layers = checkpoint.Config.NumHiddenLayers;
        Require.Data(checkpoint.Settings.Pooling == PerSide.Both(TermPooling.Mean),
            $"states needs a checkpoint with mean pooling, but {LsrSettings.FileName} has another. Remove states from "
            + "the recipe, or create the checkpoint with lsr-train init --from");
        Require.Data(recipe.Optimizer.FrozenLayers >= layers,
            $"states needs optimizer.frozen_layers {layers}, because the model has {layers} layers and none of them is "
            + "trained on precomputed states");
        Require.Data(recipe.Lora is null, "states trains the head alone, so lora has nothing to adapt. Remove one");
        return new(checkpoint.Model, recipe, Path.Combine(dataDirectory, path));
    }

    /// <summary>
    /// Gets the states of texts, [texts, 1, hidden], as <see cref="MeanPooling"/> computes them. The first call for a
    /// side checks that they are those of the model.
    /// </summary>
    /// <param name="texts">The texts.</param>
    /// <param name="side">Their side.</param>
    /// <param name="batch">Their tokens.</param>
    /// <exception cref="InvalidDataException">
    /// A text has no state, or the states are those of another model.
    /// </exception>
    public Tensor Select(IReadOnlyList<string> texts, TextSide side, TokenBatch batch)
    {
        using var scope = NewDisposeScope();
        var states = _vectors.Select(texts, side, _recipe).unsqueeze(1).to(batch.Ids.device);
        if (_checkedSides.Add(side))
        {
            Check(states, batch);
        }

        return states.MoveToOuterDisposeScope();
    }

    private void Check(Tensor states, TokenBatch batch)
    {
        using var noGrad = no_grad();
        var expected = MeanPooling.ComputeStates(_model, batch);
        var isSameSize = states.shape[2] == expected.shape[2];
        var cosine = isSameSize ? (states * expected).sum([2]).median().item<float>() : 0;
        if (!(cosine >= MinCosine)) // NaN included
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"{_directory}: the vectors are not the mean states of this model (median cosine {cosine:F2}). Run ")
                + "lsr-train teach with the checkpoint that the run starts from, into a directory of its own. The "
                + "checkpoint must pool all tokens, and have neither a prefix nor a transform before its head.");
        }
    }
}
