using LuceneLsr.Playground.Messages;
using Microsoft.AspNetCore.Http;

namespace LuceneLsr.Playground.Api;

/// <summary>Checks the limits of every message that an operation gets.</summary>
internal sealed class MessageFilter : IEndpointFilter
{
    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var message in context.Arguments.Where(MessageValidator.IsMessage))
        {
            MessageValidator.Validate(message!);
        }

        return next(context);
    }
}
