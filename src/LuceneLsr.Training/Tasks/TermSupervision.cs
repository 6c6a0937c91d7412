using LuceneLsr.Evaluation.Supervision;
using LuceneLsr.Files;
using LuceneLsr.Tokenization.Terms;
using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Training.Losses;
using LuceneLsr.Training.Recipes;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tasks;

/// <summary>
/// Teaches a model the weights of single terms in given texts. Lexical weights are constants, so the model learns what
/// they leave of a target.
/// </summary>
internal sealed class TermSupervision
{
    private readonly Checkpoint _checkpoint;
    private readonly TermTargetSettings _settings;
    private readonly Device _device;
    private readonly SupervisedText[] _texts;

    /// <summary>Reads the targets of a recipe.</summary>
    /// <param name="checkpoint">The checkpoint whose model is trained.</param>
    /// <param name="recipe">The recipe, with term targets.</param>
    /// <param name="dataDirectory">The directory that the recipe's paths are relative to.</param>
    /// <param name="device">The device that the model is on.</param>
    /// <exception cref="InvalidDataException">The file is malformed, or does not fit the recipe or the model.</exception>
    public TermSupervision(Checkpoint checkpoint, ContrastiveRecipe recipe, string dataDirectory, Device device)
    {
        (_checkpoint, _settings, _device) = (checkpoint, recipe.TermTargets!, device);
        var terms = checkpoint.Terms;
        var rowsOfTerm = Enumerable.Range(0, terms.Count).Where(row => terms[row] is not null)
            .ToLookup(row => terms[row]!, StringComparer.Ordinal);
        var path = Path.Combine(dataDirectory, _settings.Path);
        var maxTokens = new PerSide<int>(recipe.QueryTokens, recipe.DocumentTokens);
        _texts = [.. TermTargetsFile.Read(path, terms.GetDistinctTerms().ToHashSet(StringComparer.Ordinal))
            .Select(targets => SupervisedText.Create(targets, checkpoint.Space, maxTokens, rowsOfTerm))];
        Require.Data(Array.TrueForAll(_texts, text => text.Tokens.Count > 0), $"{path}: a text has no tokens. Remove it");
        Require.Data(recipe.EncodesQueries || Array.TrueForAll(_texts, text => text.Side == TextSide.Document),
            $"{path} has targets of queries, but query_table replaces the model for them. Set query_table.with_model to "
            + "true, or remove these targets");
    }

    /// <summary>Draws texts and adds the gradient of their error to the parameters' gradients.</summary>
    /// <param name="lossScale">The factor on the loss, besides the recipe's.</param>
    /// <returns>The mean squared error.</returns>
    public double AccumulateGradient(double lossScale)
    {
        using var scope = NewDisposeScope();
        using var order = randperm(_texts.Length, ScalarType.Int64); // of the step's seed
        var drawn = order.data<long>().ToArray().Take(_settings.BatchSize).Select(text => _texts[text]).ToArray();
        var sides = drawn.GroupBy(text => text.Side).Select(group => Compare([.. group], group.Key)).ToArray();
        var loss = TermTargetLoss.Compute(
            cat([.. sides.Select(side => side.Weights)]), cat([.. sides.Select(side => side.Targets)]));
        loss.Times(lossScale * _settings.Weight).backward();
        return loss.item<float>();
    }

    // The weights that the model gives and should give, [targets] both.
    private (Tensor Weights, Tensor Targets) Compare(SupervisedText[] texts, TextSide side)
    {
        int[] rows = [.. texts.SelectMany(text => text.Goals).SelectMany(goal => goal.Rows).Distinct()];
        var columns = rows.Index().ToDictionary(row => row.Item, row => (long)row.Index);
        using var batch = _checkpoint.CreateBatch([.. texts.Select(text => text.Tokens)], side, _device);
        using var selected = tensor(rows.Select(row => (long)row).ToArray(), device: _device);
        var weights = ContinuedWeights.Compute(                                             // [texts, rows]
            _checkpoint.Model, batch, _checkpoint.GetPoolingRule(side), selected);
        return (
            stack([.. texts.Index().SelectMany(text => text.Item.Goals.Select(goal => weights[text.Index]
                .index_select(0, tensor(Array.ConvertAll(goal.Rows, row => columns[row]), device: _device))
                .amax([0])))]),
            tensor(texts.SelectMany(text => text.Goals).Select(goal => goal.Weight).ToArray(), device: _device));
    }

    /// <summary>A text, and what the model should give its terms: the rows of each in the head, and the weight.</summary>
    private sealed record SupervisedText(TextSide Side, IReadOnlyList<int> Tokens, (int[] Rows, float Weight)[] Goals)
    {
        public static SupervisedText Create(
            TermTargets targets, TermSpace space, PerSide<int> maxTokens, ILookup<string, int> rowsOfTerm)
        {
            var tokens = space.Tokenize(targets.Text, maxTokens[targets.Side], out _);
            var lexical = space.FindLexicalWeights(tokens, targets.Side)
                .ToDictionary(term => space.Terms[term.Row]!, term => term.Weight, StringComparer.Ordinal);
            return new(targets.Side, tokens, [.. targets.Targets.Select(target => (
                (int[])[.. rowsOfTerm[target.Key]],
                Math.Max(0, target.Value - lexical.GetValueOrDefault(target.Key))))]);
        }
    }
}
