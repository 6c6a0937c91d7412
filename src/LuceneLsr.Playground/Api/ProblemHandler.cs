using System.ComponentModel.DataAnnotations;
using LuceneLsr.Playground.Rules;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace LuceneLsr.Playground.Api;

/// <summary>Answers errors as problem details (RFC 9457) whose detail says what to do.</summary>
internal sealed class ProblemHandler(IProblemDetailsService problems, BindingErrors bindings) : IExceptionHandler
{
    private const int ClientClosedRequest = 499;

    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (status, detail) = exception is BadHttpRequestException bad
            ? (bad.StatusCode, await bindings.DescribeAsync(httpContext, bad).ConfigureAwait(false))
            : Describe(exception);
        httpContext.Response.StatusCode = status;
        httpContext.Request.Headers.Accept = default; // otherwise some clients would get no reason
        return await problems.TryWriteAsync(new()
        {
            HttpContext = httpContext,
            ProblemDetails = { Status = status, Detail = detail },
        }).ConfigureAwait(false);
    }

    /// <summary>Returns whether the error is the client's, so that it need not be logged.</summary>
    public static bool IsOfClient(Exception exception) => exception is BadHttpRequestException
        || Describe(exception).Status < StatusCodes.Status500InternalServerError;

    private static (int Status, string Detail) Describe(Exception exception) => exception switch
    {
        ValidationException => (StatusCodes.Status400BadRequest, exception.Message),
        RuleConflictException => (StatusCodes.Status409Conflict, exception.Message),
        KeyNotFoundException => (StatusCodes.Status404NotFound, exception.Message), // a rule or document
        OperationCanceledException => (ClientClosedRequest, "The request was canceled. Send it again."),
        _ => (StatusCodes.Status500InternalServerError, "The server failed. Its log says why."),
    };
}
