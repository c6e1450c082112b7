//! Cuts a connection whose other end has stopped reading.
//!
//! Bytes wait in the socket of a screen that fell asleep; without a deadline they would wait, with the task
//! behind them, for as long as the network forgets to say that the screen is gone.

use axum_server::accept::Accept;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Duration, Sleep, sleep};

/// How long the other end may leave everything unread.
pub(crate) const UNREAD_MAX: Duration = Duration::from_secs(30);

/// Wraps what another acceptor accepts.
#[derive(Clone)]
pub(crate) struct Deadlined<A> {
    inner: A,
    unread_max: Duration,
}

impl<A> Deadlined<A> {
    pub fn new(inner: A, unread_max: Duration) -> Self {
        Self { inner, unread_max }
    }
}

impl<A, I, S> Accept<I, S> for Deadlined<A>
where
    A: Accept<I, S>,
    A::Future: Send + 'static,
    A::Stream: Send,
    A::Service: Send,
{
    type Stream = WriteDeadline<A::Stream>;
    type Service = A::Service;
    type Future = Pin<Box<dyn Future<Output = io::Result<(Self::Stream, Self::Service)>> + Send>>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        let accepted = self.inner.accept(stream, service);
        let unread_max = self.unread_max;
        Box::pin(async move {
            let (stream, service) = accepted.await?;
            Ok((WriteDeadline { stream, unread_max, waiting: None }, service))
        })
    }
}

/// A stream whose writes fail once nothing could be written for too long.
pub(crate) struct WriteDeadline<S> {
    stream: S,
    unread_max: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl<S: AsyncWrite + Unpin> WriteDeadline<S> {
    fn watch<T>(&mut self, done: Poll<io::Result<T>>, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        if done.is_ready() {
            self.waiting = None;
            return done;
        }
        let unread_max = self.unread_max;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(sleep(unread_max)));
        match waiting.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for WriteDeadline<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.watch(done, cx)
    }
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.stream).poll_flush(cx);
        self.watch(done, cx)
    }
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.watch(done, cx)
    }
    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.watch(done, cx)
    }
    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for WriteDeadline<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncWriteExt as _;

    #[tokio::test(start_paused = true)]
    async fn f17_a_reader_that_stopped_reading_is_cut_off() {
        let (ours, theirs) = tokio::io::duplex(64);
        let mut stream = WriteDeadline { stream: ours, unread_max: UNREAD_MAX, waiting: None };
        let started = tokio::time::Instant::now();
        let failed = stream.write_all(&[0; 1_000]).await.expect_err("nobody reads");
        assert_eq!(failed.kind(), io::ErrorKind::TimedOut);
        assert_eq!(started.elapsed(), UNREAD_MAX);
        drop(theirs);
    }
}
