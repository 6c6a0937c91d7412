using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Torch.Models;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tasks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Tools.Benchmarks.Training;

/// <summary>
/// The parts of a step over one batch, to be timed one by one: the calls that <see cref="ContrastiveTask"/> and
/// <see cref="TrainingRun"/> make, on the same tensors each time. The head cannot be called alone under a gradient, so
/// the decoder is timed and the whole encoder, decoder and head, each forward and backward, with one backward pass for
/// both sides as in a step; the head is the difference. The decoder alone is given a random gradient of its hidden
/// states, as dense products take the same time for any numbers.
/// </summary>
internal sealed class StepParts : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Checkpoint _checkpoint;
    private readonly ContrastiveRecipe _recipe;
    private readonly TrainingBatch _batch;
    private readonly (TextSide Side, TokenBatch Tokens)[] _sides;
    private readonly TrainingOptimizer _optimizer;
    private readonly Tensor[] _hiddenGradients;  // of queries and documents, as all of these
    private readonly Tensor[] _weights;
    private readonly Tensor[] _weightGradients;
    private readonly (Parameter Parameter, Tensor Gradient)[] _trained;

    /// <summary>Draws a batch and encodes it.</summary>
    /// <param name="checkpoint">The checkpoint, with the gradient that a run of the recipe has left.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="data">Its data.</param>
    public StepParts(Checkpoint checkpoint, ContrastiveRecipe recipe, string data)
    {
        (_checkpoint, _recipe) = (checkpoint, recipe);
        using var sampler = new BatchSampler(recipe, data);
        _batch = sampler.Next();
        _sides =
        [
            (TextSide.Query, Tokens(_batch.Queries, TextSide.Query, recipe.QueryTokens)),
            (TextSide.Document, Tokens(_batch.Documents, TextSide.Document, recipe.DocumentTokens)),
        ];
        _optimizer = new TrainingOptimizer(checkpoint.Model, [], recipe.Steps, recipe.Optimizer);
        _trained = [.. checkpoint.Model.parameters().Where(parameter => parameter.requires_grad)
            .Select(parameter => (parameter, parameter.grad!.clone()))];
        _hiddenGradients = [.. _sides.Select(side =>
            randn([.. side.Tokens.Ids.shape, checkpoint.Model.Config.HiddenSize]))];
        using (no_grad())
        {
            _weights = [.. _sides.Select(Encoded)];
        }

        _weightGradients = LossGradients();
    }

    /// <summary>The decoder, forward and backward.</summary>
    public void Decode() => Pass(Decoded, _hiddenGradients);

    /// <summary>The decoder and the head, forward and backward.</summary>
    public void Encode() => Pass(Encoded, _weightGradients);

    /// <summary>The losses and regularizers, forward and backward to the weights, and the figures of a batch.</summary>
    public void Lose()
    {
        using var scope = NewDisposeScope();
        LossGradients();
    }

    /// <summary>The optimizer, which clips the gradient and moves the weights.</summary>
    public void Optimize()
    {
        foreach (var (parameter, gradient) in _trained)
        {
            parameter.grad = gradient; // another part may have cleared it
        }

        _optimizer.Step(0);
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _scope.Dispose();
    }

    private TokenBatch Tokens(IReadOnlyList<string> texts, TextSide side, int most) => _checkpoint.CreateBatch(
        [.. texts.Select(text => _checkpoint.Space.Tokenize(text, most, out _))], side, CPU);

    private Tensor Decoded((TextSide Side, TokenBatch Tokens) of) => _checkpoint.Model.forward(of.Tokens);

    private Tensor Encoded((TextSide Side, TokenBatch Tokens) of) =>
        PooledHead.ComputeTrainableWeights(_checkpoint.Model, of.Tokens, _checkpoint.GetPoolingRule(of.Side));

    private void Pass(Func<(TextSide Side, TokenBatch Tokens), Tensor> forward, Tensor[] gradients)
    {
        using var scope = NewDisposeScope();
        _optimizer.ClearGradients();
        autograd.backward([.. _sides.Select(forward)], gradients);
    }

    private Tensor[] LossGradients()
    {
        Tensor[] weights = [.. _weights.Select(weights => weights.detach().requires_grad_())];
        var (sum, _) = new ContrastiveObjective(_recipe).Compute(_batch, weights[0], weights[1], step: 0);
        BatchSparsity.Measure(weights[0], weights[1]).ThrowIfCollapsed(_recipe, step: 0, sum);
        sum.backward();
        return [.. weights.Select(side => side.grad!)];
    }
}
